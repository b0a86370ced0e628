import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { Failed } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { useAct } from '../parts/use-act.ts';
import { problemText } from '../problem-text.ts';
import { lastDayToBringBack } from './last-day.ts';
import { today } from './state-today.ts';

function DeletedRow({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t, language, formats } = useWords();
  const may = useMay();
  const { isBusy, error, act } = useAct();
  const year = formats.year(assessment.fiscalYear);

  async function bringBack() {
    await act(async () => {
      const back = await admin.api.bringBack(assessment.id);
      admin.feedback.value = t('life.broughtBack', { year });
      admin.keepAssessment(back);
      // Another page is in the place of this one: on at its top.
      admin.router.replace({ page: 'life' });
    });
  }

  return (
    <li class="card">
      <div>
        <h3>
          {nameIn(language, assessment.organization)} · {year}
        </h3>
        <p>
          {t('life.deletedUntil', {
            day: formats.day(assessment.deletedOn ?? today()),
            until: formats.day(lastDayToBringBack(assessment)),
          })}
        </p>
        {error ? (
          <p class="field-problem" role="alert">
            {error.code === 'year-taken' ? t('life.backTaken', { year }) : problemText(t, error)}
          </p>
        ) : null}
      </div>
      {may('own') ? (
        <Button kind="secondary" isBusy={isBusy} onPress={() => void bringBack()}>
          {t('life.bringBack')}
          <span class="visually-hidden"> {year}</span>
        </Button>
      ) : null}
    </li>
  );
}

/** What is deleted and can still be had back; nothing to see where nothing is. */
export function DeletedList() {
  const { api, office } = useAdmin();
  const { t } = useWords();
  const ids =
    office.value.state === 'ready' ? office.value.value.assessments.map(({ id }) => id) : [];
  // Whenever one comes or goes, another may stand here.
  const { loaded, retry } = useLoaded(() => api.deletedAssessments(), [...ids].sort().join());
  if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
  if (loaded.value.state === 'loading' || loaded.value.value.length === 0) return null;
  return (
    <section aria-labelledby="life-deleted">
      <h2 id="life-deleted">{t('life.deletedTitle')}</h2>
      <ul class="life-deleted">
        {loaded.value.value.map((assessment) => (
          <DeletedRow key={assessment.id} assessment={assessment} />
        ))}
      </ul>
    </section>
  );
}
