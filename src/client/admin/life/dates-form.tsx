import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import { lifeSchema } from '#core/contract/life.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { DateField } from '../parts/date-field.tsx';
import { useAct } from '../parts/use-act.ts';

/** The days on which the assessment opens and closes by itself. */
export function DatesForm({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const { life } = assessment;
  const typed = useSignal({ opensOn: life.opensOn ?? '', closesOn: life.closesOn ?? '' });
  const isWrong = useSignal(false);
  const isIdle = life.state === 'closed' || life.state === 'archived';

  async function save(event: Event) {
    event.preventDefault();
    const { opensOn, closesOn } = typed.value;
    const read = lifeSchema.safeParse({
      ...life,
      opensOn: opensOn || null,
      closesOn: closesOn || null,
    });
    isWrong.value = !read.success;
    if (!read.success) return;
    await act(async () => {
      admin.keepAssessment(await admin.api.changeLife(assessment, read.data));
      admin.feedback.value = t('life.datesSaved');
    });
  }

  return (
    <form class="card form" noValidate onSubmit={(event) => void save(event)}>
      <div>
        <h2>{t('life.dates')}</h2>
        <p class="hint">{t(isIdle ? 'life.datesIdle' : 'life.datesHint')}</p>
      </div>
      <div class="life-dates">
        <DateField
          id="opens-on"
          label={t('life.opensOn')}
          hint={t('life.opensOnHint')}
          value={typed.value.opensOn}
          onInput={(opensOn) => {
            typed.value = { ...typed.value, opensOn };
          }}
        />
        <DateField
          id="closes-on"
          label={t('life.closesOn')}
          hint={t('life.closesOnHint')}
          value={typed.value.closesOn}
          problem={isWrong.value ? t('life.datesOrder') : undefined}
          onInput={(closesOn) => {
            typed.value = { ...typed.value, closesOn };
          }}
        />
      </div>
      <ActProblem error={error} />
      <div class="form-acts">
        <Button kind="secondary" type="submit" isBusy={isBusy}>
          {t('life.saveDates')}
        </Button>
      </div>
    </form>
  );
}
