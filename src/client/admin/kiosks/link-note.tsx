import type { KioskLink } from '#core/contract/kiosk.ts';
import { useWords } from '../admin.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { QrCode } from '../parts/qr-code.tsx';

/** The link that enrols a tablet, shown this once: as a QR code for its camera, and to be copied. */
export function LinkNote({ name, link }: { name: string; link: KioskLink }) {
  const { t, formats } = useWords();
  return (
    <div class="note kiosk-link">
      <div class="kiosk-qr">
        <QrCode text={link.link} label={t('kiosks.qrLabel', { name })} />
      </div>
      <div>
        <p>{t('kiosks.linkMade', { name, moment: formats.moment(link.expiresAt) })}</p>
        <p class="channel-url">{link.link}</p>
        <CopyButton text={link.link} what={name} />
      </div>
    </div>
  );
}
