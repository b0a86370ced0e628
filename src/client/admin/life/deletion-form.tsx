import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import { GRACE_DAYS } from '#core/life/deletion.ts';
import { useAdmin, useWords } from '../admin.ts';
import { readNumber } from '../assessment/draft-form.ts';
import { orShowLatest } from '../assessment/show-latest.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';
import { lastDayToBringBack } from './last-day.ts';

/** Deletes the assessment once its year is typed: who is about to delete the wrong year types another. */
export function DeletionForm({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const typed = useSignal('');
  const isWrong = useSignal(false);
  const { fiscalYear } = assessment;
  const year = formats.year(fiscalYear);

  async function remove(event: Event) {
    event.preventDefault();
    isWrong.value = readNumber(typed.value) !== fiscalYear;
    if (isWrong.value) {
      document.getElementById('delete-year')?.focus();
      return;
    }
    await act(() =>
      orShowLatest(admin, assessment.id, async () => {
        const deleted = await admin.api.deleteAssessment(assessment, fiscalYear);
        admin.feedback.value = t('life.deleted', {
          year,
          day: formats.day(lastDayToBringBack(deleted)),
        });
        admin.forgetAssessment(assessment.id);
        // Another page is in the place of this one: on at its top.
        admin.router.replace({ page: 'life' });
      }),
    );
  }

  return (
    <form class="card form life-deletion" noValidate onSubmit={(event) => void remove(event)}>
      <div>
        <h2>{t('life.delete')}</h2>
        <p class="life-text">
          {t('life.deleteText', { count: GRACE_DAYS, n: formats.count(GRACE_DAYS) })}
        </p>
      </div>
      <div class="field-narrow">
        <TextField
          id="delete-year"
          label={t('life.deleteYear', { year })}
          inputMode="numeric"
          maxLength={4}
          value={typed.value}
          problem={isWrong.value ? t('life.deleteWrong', { year }) : undefined}
          onInput={(value) => {
            typed.value = value;
          }}
        />
      </div>
      <ActProblem error={error} stale={t('life.changedMeanwhile')} />
      <div class="form-acts">
        <button type="submit" class="button button-danger" aria-disabled={isBusy}>
          {t('life.deleteAct')}
        </button>
      </div>
    </form>
  );
}
