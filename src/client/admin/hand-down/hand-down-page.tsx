import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useAdmin, useWords } from '../admin.ts';
import { StateMark } from '../life/state-mark.tsx';
import { stateToday } from '../life/state-today.ts';
import { Link } from '../parts/link.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { Empty } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { OfficesToChoose } from './offices-to-choose.tsx';

function NoOffices() {
  const { t } = useWords();
  return (
    <Empty icon="organizations" title={t('handDown.none')}>
      <p>{t('handDown.noneText')}</p>
      <Link to={{ page: 'new-office' }} class="button button-secondary">
        {t('settings.newAssessment')}
      </Link>
    </Empty>
  );
}

/** Gives the offices below that of an assessment one each with the same set-up. */
export function HandDownPage({ assessment }: { assessment: Assessment }) {
  const { api } = useAdmin();
  const { t, language, formats } = useWords();
  const load = useLoaded(() => api.handDowns(assessment.id), assessment.id);
  return (
    <Page title={t('handDown.title')} lead={t('handDown.lead')}>
      <section class="card aside-section" aria-labelledby="hand-down-what">
        <h2 id="hand-down-what">
          {t('handDown.what', {
            office: nameIn(language, assessment.organization),
            year: formats.year(assessment.fiscalYear),
          })}
        </h2>
        <p>
          <StateMark state={stateToday(assessment)} />
        </p>
        <p>{t('handDown.whatText')}</p>
        <div class="form-acts">
          <Link to={{ page: 'settings' }} class="button button-secondary">
            {t('handDown.settings')}
          </Link>
          <Link to={{ page: 'life' }} class="button button-secondary">
            {t('handDown.dates')}
          </Link>
        </div>
      </section>
      <LoadedContent load={load}>
        {(offices) =>
          offices.length === 0 ? (
            <NoOffices />
          ) : (
            <OfficesToChoose assessment={assessment} offices={offices} />
          )
        }
      </LoadedContent>
    </Page>
  );
}
