import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { Steps } from '../assessment/steps.tsx';
import { Link } from '../parts/link.tsx';
import { AccountFrame } from './account-frame.tsx';
import { SetUpForm } from './set-up-form.tsx';

function LinkUsed() {
  const { t } = useWords();
  return (
    <Page title={t('setUp.usedTitle')} isInFront>
      <div class="card prose">
        <p>{t('setUp.usedText')}</p>
        <ul>
          <li>{t('setUp.usedSignIn')}</li>
          <li>{t('setUp.usedNewLink')}</li>
        </ul>
        <Link to={{ page: 'overview' }} class="button button-primary">
          {t('signIn.title')}
        </Link>
      </div>
    </Page>
  );
}

/** Makes the first admin's account from the link that the server printed. */
export function SetUpPage({ token }: { token: string }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => admin.api.checkSetUpLink(token), token);

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') {
      const { error } = loaded.value;
      // An address whose token was cut off on the way is of no more use than a used one.
      if (error.code === 'set-up-link-used' || error.code === 'invalid-request')
        return <LinkUsed />;
      return <Failed error={error} retry={retry} />;
    }
    return (
      <>
        <Steps current={1} />
        <Page title={t('setUp.title')} lead={t('setUp.lead')}>
          <SetUpForm
            make={(account) => admin.api.setUp({ token, ...account })}
            next={{ page: 'new-office' }}
            linkUsed={retry}
          />
        </Page>
      </>
    );
  }

  return <AccountFrame>{content()}</AccountFrame>;
}
