import { AccountFrame } from '../account/account-frame.tsx';
import { useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { SignOutButton } from './sign-out-button.tsx';

/** What somebody sees who may not make the first assessment. */
export function NothingYet() {
  const { t } = useWords();
  return (
    <AccountFrame>
      <Page title={t('notAllowed.nothingYet')} actions={<SignOutButton />}>
        <p>{t('notAllowed.nothingYetText')}</p>
      </Page>
    </AccountFrame>
  );
}
