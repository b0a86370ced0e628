import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { AccountFrame } from './account-frame.tsx';
import { LinkFailed } from './link-failed.tsx';
import { SetUpForm } from './set-up-form.tsx';

/** Makes the account of somebody who was invited. */
export function JoinPage({ token }: { token: string }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => admin.api.joining(token), token);

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed')
      return <LinkFailed error={loaded.value.error} retry={retry} usedText={t('join.usedText')} />;
    const { role } = loaded.value.value;
    return (
      <Page
        title={t('setUp.title')}
        lead={t('join.lead', {
          role: t(`people.roles.${role}`),
          meaning: t(`people.meanings.${role}`),
        })}
      >
        <SetUpForm
          make={(account) => admin.api.join({ token, ...account })}
          next={{ page: 'overview' }}
          linkUsed={retry}
        />
      </Page>
    );
  }

  return <AccountFrame>{content()}</AccountFrame>;
}
