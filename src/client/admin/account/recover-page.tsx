import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { AccountFrame } from './account-frame.tsx';
import { LinkFailed } from './link-failed.tsx';
import { RecoverForm } from './recover-form.tsx';

/** Lets somebody back into their account, with the link that the server's keeper made for them. */
export function RecoverPage({ token }: { token: string }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => api.recovering(token), token);

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed')
      return (
        <LinkFailed error={loaded.value.error} retry={retry} usedText={t('recover.usedText')} />
      );
    const { name } = loaded.value.value;
    return (
      <Page title={t('recover.title')} lead={t('recover.lead', { name })}>
        <RecoverForm token={token} name={name} linkUsed={retry} />
      </Page>
    );
  }

  return <AccountFrame>{content()}</AccountFrame>;
}
