import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import { GRACE_DAYS } from '#core/life/deletion.ts';
import { useAdmin, useWords } from '../admin.ts';
import { readNumber } from '../assessment/draft-form.ts';
import { TextField } from '../parts/text-field.tsx';
import { problemText } from '../problem-text.ts';
import { lastDayToBringBack } from './last-day.ts';
import { useAct } from './use-act.ts';

/** Deletes the assessment once its year is typed: who is about to delete the wrong year types another. */
export function DeletionForm({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, run } = useAct();
  const typed = useSignal('');
  const isWrong = useSignal(false);
  const { fiscalYear } = assessment;
  const year = formats.year(fiscalYear);

  async function remove(event: Event) {
    event.preventDefault();
    isWrong.value = readNumber(typed.value) !== fiscalYear;
    if (isWrong.value) return;
    await run(async () => {
      const deleted = await admin.api.deleteAssessment(assessment, fiscalYear);
      admin.feedback.value = t('life.deleted', {
        year,
        day: formats.day(lastDayToBringBack(deleted)),
      });
      admin.forgetAssessment(assessment.id);
      window.scrollTo(0, 0);
    });
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
      {error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, error.value)}
        </p>
      ) : null}
      <div class="form-acts">
        <button type="submit" class="button button-danger" aria-disabled={isBusy.value}>
          {t('life.deleteAct')}
        </button>
      </div>
    </form>
  );
}
