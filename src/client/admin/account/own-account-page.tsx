import type { OwnAccount } from '#core/contract/people.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { TwoFactorSection } from './two-factor-section.tsx';

/** One's own account: where it is signed in, its password, its second factor, its passkeys. */
export function OwnAccountPage() {
  const { api } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  const load = useLoaded(() => api.ownAccount(), 'account');

  /** Shows the account as it is now, without hiding it meanwhile. */
  async function reload() {
    try {
      load.loaded.value = { state: 'ready', value: await api.ownAccount() };
    } catch {
      load.retry();
    }
  }

  function sections(account: OwnAccount) {
    return (
      <>
        <p class="lead">
          {t('ownAccount.who', {
            name: account.name,
            role: t(`people.roles.${account.role}`),
          })}
        </p>
        <div class="form-acts">
          {may('own') ? (
            <Link to={{ page: 'people' }} class="button">
              {t('people.title')}
            </Link>
          ) : null}
          {may('audit') ? (
            <Link to={{ page: 'audit' }} class="button">
              {t('audit.title')}
            </Link>
          ) : null}
        </div>
        <TwoFactorSection account={account} reload={() => void reload()} />
        <PasskeysSection passkeys={account.passkeys} reload={() => void reload()} />
        <PasswordSection name={account.name} reload={() => void reload()} />
        <SessionsSection sessions={account.sessions} reload={() => void reload()} />
      </>
    );
  }

  return (
    <Page title={t('ownAccount.title')}>
      <LoadedContent load={load}>{sections}</LoadedContent>
    </Page>
  );
}
