import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { CopyButton } from '../parts/copy-button.tsx';

/** Backup codes, which are shown only this once. On paper they stand alone, with whose they are and where. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { me } = useAdmin();
  const { t } = useWords();
  return (
    <div class="backup-paper aside-section">
      <h3>{t('ownAccount.backupCodes')}</h3>
      <p class="backup-whose">
        {me.value?.name} · {location.host}
      </p>
      <p>{t('ownAccount.backupCodesLead')}</p>
      <ul class="backup-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="form-acts">
        <CopyButton kind="codes" text={codes.join('\n')} what={t('ownAccount.backupCodes')} />
        <Button kind="quiet" onPress={() => window.print()}>
          {t('ownAccount.printBackupCodes')}
        </Button>
      </div>
    </div>
  );
}
