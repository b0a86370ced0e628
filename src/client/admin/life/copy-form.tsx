import { useSignal } from '@preact/signals';
import { type Assessment, copySchema } from '#core/contract/assessment.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { readNumber } from '../assessment/draft-form.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';

/** Makes a draft of another year from this one and shows it. */
export function CopyForm({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const typed = useSignal(String(assessment.fiscalYear + 1));
  const repeatDone = useSignal(false);
  const isWrong = useSignal(false);

  async function copy(event: Event) {
    event.preventDefault();
    const read = copySchema.safeParse({
      fiscalYear: readNumber(typed.value),
      repeatDone: repeatDone.value,
    });
    isWrong.value = !read.success;
    if (!read.success) {
      document.getElementById('copy-year')?.focus();
      return;
    }
    await act(async () => {
      admin.keepAssessment(await admin.api.copyAssessment(assessment.id, read.data));
      admin.feedback.value = t('life.copied', { year: formats.year(read.data.fiscalYear) });
      // Another page is in the place of this one: on at its top.
      admin.router.replace({ page: 'life' });
    });
  }

  return (
    <form class="card form" noValidate onSubmit={(event) => void copy(event)}>
      <div>
        <h2>{t('life.copy')}</h2>
        <p class="life-text">{t('life.copyText')}</p>
      </div>
      <div class="field-narrow">
        <TextField
          id="copy-year"
          label={t('life.copyYear')}
          inputMode="numeric"
          maxLength={4}
          value={typed.value}
          problem={isWrong.value ? t('fieldProblems.year-invalid') : undefined}
          onInput={(year) => {
            typed.value = year;
          }}
        />
      </div>
      <div>
        <label class="check">
          <input
            type="checkbox"
            checked={repeatDone.value}
            aria-describedby="copy-measures"
            onChange={(event) => {
              repeatDone.value = event.currentTarget.checked;
            }}
          />
          <span>{t('life.repeatDone')}</span>
        </label>
        <p class="hint" id="copy-measures">
          {t('life.copyMeasures')}
        </p>
      </div>
      <ActProblem error={error} />
      <div class="form-acts">
        <Button kind="secondary" type="submit" isBusy={isBusy}>
          {t('life.copyAct')}
        </Button>
      </div>
    </form>
  );
}
