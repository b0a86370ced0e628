import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Life } from '#core/contract/life.ts';
import { actsOn, afterAct } from '#core/life/acts.ts';
import { comingChange, stateOn } from '#core/life/state-on.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { orShowLatest } from '../assessment/show-latest.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { useAct } from '../parts/use-act.ts';
import { StateMark } from './state-mark.tsx';
import { today } from './state-today.ts';

/** The state of today in words, what comes next by itself, and what can be done now; what was done can be undone. */
export function StateCard({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const may = useMay();
  const { isBusy, error, act } = useAct();
  const before = useSignal<Life | null>(null);
  // The act that was pressed may be gone afterwards, and the focus would go with it.
  const heading = useRef<HTMLHeadingElement>(null);
  const { life } = assessment;
  const day = today();
  const state = stateOn(life, day);
  const coming = comingChange(life, day);

  useEffect(() => {
    if (error?.code !== 'changed-meanwhile') return;
    // What somebody else did since is not taken back by it.
    before.value = null;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [error]);

  async function change(to: Life, undo: Life | null) {
    await act(() =>
      orShowLatest(admin, assessment.id, async () => {
        admin.keepAssessment(await admin.api.changeLife(assessment, to));
        before.value = undo;
        heading.current?.focus();
      }),
    );
  }

  function comingWords() {
    if (coming === null) return null;
    if (coming.state === 'open') return t('life.coming.open', { day: formats.day(coming.day) });
    // Nobody reads "closes on the 1st" as "may answer on the 30th": the last day is named.
    return t('life.coming.closed', { day: formats.day(life.closesOn ?? coming.day) });
  }

  const [likeliest, ...others] = may('edit') ? actsOn(life, day) : [];
  const { value: undone } = before;
  return (
    <section class="card form" aria-labelledby="life-now">
      <h2 id="life-now" tabIndex={-1} ref={heading}>
        {t('life.now')}
      </h2>
      <div>
        <p class="life-now">
          <StateMark state={state} />
        </p>
        <p>{t(`life.means.${state}`)}</p>
        <p>{t(`life.posters.${state}`)}</p>
        {coming === null ? null : <p class="life-coming">{comingWords()}</p>}
      </div>
      <ActProblem error={error} stale={t('life.changedMeanwhile')} />
      <div class="form-acts">
        {likeliest === undefined ? null : (
          <Button
            key={likeliest}
            kind={state === 'draft' ? 'primary' : 'secondary'}
            isBusy={isBusy}
            onPress={() => void change(afterAct(life, likeliest, today()), life)}
          >
            {t(`life.acts.${likeliest}`)}
          </Button>
        )}
        {others.map((other) => (
          <Button
            key={other}
            kind="quiet"
            isBusy={isBusy}
            onPress={() => void change(afterAct(life, other, today()), life)}
          >
            {t(`life.acts.${other}`)}
          </Button>
        ))}
      </div>
      <div class="life-done">
        <output>
          {undone === null ? null : t('life.done', { state: t(`life.states.${state}`) })}
        </output>
        {undone === null ? null : (
          <Button kind="quiet" isBusy={isBusy} onPress={() => void change(undone, null)}>
            {t('life.undo')}
          </Button>
        )}
      </div>
    </section>
  );
}
