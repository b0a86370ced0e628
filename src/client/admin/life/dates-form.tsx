import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import { lifeSchema } from '#core/contract/life.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { orShowLatest } from '../assessment/show-latest.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { DateField } from '../parts/date-field.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';

interface TypedDates {
  opensOn: string;
  closesOn: string;
}

/** The days on which the assessment opens and closes by itself. What nobody typed is as it is stored: an act may take a day out. */
export function DatesForm({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const { life } = assessment;
  const typed = useSignal<Partial<TypedDates>>({});
  const stored: TypedDates = { opensOn: life.opensOn ?? '', closesOn: life.closesOn ?? '' };
  const form: TypedDates = { ...stored, ...typed.value };
  const isWrong = useSignal(false);
  useUnsaved(form.opensOn !== stored.opensOn || form.closesOn !== stored.closesOn);
  const isIdle = life.state === 'closed' || life.state === 'archived';

  async function save(event: Event) {
    event.preventDefault();
    const sent = typed.value;
    const { opensOn, closesOn } = form;
    const read = lifeSchema.safeParse({
      ...life,
      opensOn: opensOn || null,
      closesOn: closesOn || null,
    });
    isWrong.value = !read.success;
    if (!read.success) {
      document.getElementById('closes-on')?.focus();
      return;
    }
    await act(() =>
      orShowLatest(admin, assessment.id, async () => {
        admin.keepAssessment(await admin.api.changeLife(assessment, read.data));
        // What was typed while it was on its way is not stored yet.
        if (typed.value === sent) typed.value = {};
        admin.feedback.value = t('life.datesSaved');
      }),
    );
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
          value={form.opensOn}
          onInput={(opensOn) => {
            typed.value = { ...typed.value, opensOn };
          }}
        />
        <DateField
          id="closes-on"
          label={t('life.closesOn')}
          hint={t('life.closesOnHint')}
          value={form.closesOn}
          problem={isWrong.value ? t('life.datesOrder') : undefined}
          onInput={(closesOn) => {
            typed.value = { ...typed.value, closesOn };
          }}
        />
      </div>
      <ActProblem error={error} stale={t('life.changedMeanwhile')} />
      <div class="form-acts">
        <Button kind="secondary" type="submit" isBusy={isBusy}>
          {t('life.saveDates')}
        </Button>
      </div>
    </form>
  );
}
