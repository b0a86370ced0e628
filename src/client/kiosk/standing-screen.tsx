import { waitingCount } from '../survey/delivery.ts';
import { Page } from '../survey/page.tsx';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import type { Translate } from '../i18n/texts.ts';
import { useKiosk, useKioskWords } from './kiosk-context.ts';
import type { KioskScreen } from './kiosk-screen.ts';
import { StaffCorner } from './staff-corner.tsx';
import { StaffLanguage } from './staff-language.tsx';

type Standing = Extract<
  KioskScreen,
  { kind: 'opening' | 'not-enrolled' | 'enrolling' | 'revoked' | 'not-ready' }
>;

function wordsFor(t: Translate, screen: Standing): { heading: string; text: string | null } {
  switch (screen.kind) {
    case 'opening':
      return { heading: t('standing.opening'), text: null };
    case 'not-enrolled':
      return { heading: t('standing.none'), text: t('standing.noneText') };
    case 'revoked':
      return { heading: t('standing.revoked'), text: t('standing.revokedText') };
    case 'not-ready':
      return { heading: t('standing.notReady'), text: t('standing.unreachableText') };
    case 'enrolling':
      if (screen.trouble === null) return { heading: t('standing.enrolling'), text: null };
      if (screen.trouble === 'forgets')
        return { heading: t('standing.none'), text: t('standing.forgetsText') };
      return screen.trouble === 'link-used'
        ? { heading: t('standing.used'), text: t('standing.usedText') }
        : { heading: t('standing.unreachable'), text: t('standing.unreachableText') };
    default:
      return screen satisfies never;
  }
}

/** What the tablet says where it asks nobody anything: to staff, who see to it. */
export function StandingScreen({ screen }: { screen: Standing }) {
  const { kiosk, outbox } = useKiosk();
  const t = useKioskWords();
  const { heading, text } = wordsFor(t, screen);
  const waiting = outbox.value ? waitingCount(outbox.value) : 0;
  const mayRetry =
    screen.kind === 'not-ready' ||
    (screen.kind === 'enrolling' && screen.trouble === 'unreachable');
  return (
    <>
      <StaffLanguage />
      <Page
        actions={
          mayRetry && (
            <Button kind="primary" onPress={() => void kiosk.reach()}>
              {t('standing.retry')}
            </Button>
          )
        }
      >
        <ArrivalHeading key={heading}>{heading}</ArrivalHeading>
        {text !== null && <p>{text}</p>}
        {waiting > 0 && <p>{t('standing.waits', { count: waiting })}</p>}
      </Page>
      {screen.kind === 'not-ready' && <StaffCorner />}
    </>
  );
}
