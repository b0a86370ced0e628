import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';

const PARTS = ['overview', 'scores', 'oit', 'report'] as const;

/** What somebody sees who may not make the first assessment: who may, and what there will be to look at. */
export function NothingYet() {
  const admin = useAdmin();
  const { t } = useWords();
  return (
    <Page title={t('nothingYet.title')}>
      <section class="card form">
        <p>
          {t('nothingYet.who', {
            owner: t('people.roles.owner'),
            admin: t('people.roles.admin'),
            role: t(`people.roles.${admin.me.value?.role ?? 'viewer'}`),
          })}
        </p>
        <div>
          <p>{t('nothingYet.soon')}</p>
          <ul class="nothing-yet">
            {PARTS.map((part) => (
              <li key={part}>{t(`nothingYet.parts.${part}`)}</li>
            ))}
          </ul>
        </div>
        <div class="form-acts">
          <button type="button" class="button" onClick={() => void admin.loadOffice()}>
            {t('nothingYet.lookAgain')}
          </button>
        </div>
      </section>
    </Page>
  );
}
