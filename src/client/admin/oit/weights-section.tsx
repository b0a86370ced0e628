import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ChecklistWeights, Oit } from '#core/contract/oit.ts';
import { oitTag } from '#core/contract/oit-tag.ts';
import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { RefusedNote } from './refused-note.tsx';
import {
  readWeights,
  weightsFormOf,
  type WeightProblem,
  type WeightsForm,
} from './weights-form.ts';
import { weightField, WeightsTable } from './weights-table.tsx';

interface WeightsSectionProps {
  oit: Oit;
  /** Null where nothing may be changed. */
  write: ((before: ChecklistWeights, after: ChecklistWeights) => Promise<void>) | null;
  /** Fetches what others wrote meanwhile. */
  refresh: () => void;
}

const isSame = (a: WeightsForm, b: WeightsForm) => JSON.stringify(a) === JSON.stringify(b);

const isStale = ({ code }: ApiError) => code === 'changed-meanwhile';

/** How much each sub-indicator counts; what nobody published can be set by the office. */
export function WeightsSection(props: WeightsSectionProps) {
  const { t, formats } = useWords();
  const { oit, write, refresh } = props;
  const { instrument, checklist } = oit;
  const stored = weightsFormOf(instrument, checklist.weights);
  const assumed = weightsFormOf(instrument, {});
  // Null = as it is stored.
  const typed = useSignal<WeightsForm | null>(null);
  const isTried = useSignal(false);
  const { isBusy, error: refused, act } = useAct();
  // The latest change; null = nothing was changed, or it was taken back.
  const saved = useSignal<{ before: ChecklistWeights; after: ChecklistWeights } | null>(null);
  const heading = useRef<HTMLElement>(null);
  const form = typed.value ?? stored;
  useUnsaved(!isSame(form, stored));
  // What somebody else wrote since is not taken back.
  const undo =
    saved.value && oitTag(saved.value.after) === oitTag(checklist.weights) ? saved.value : null;
  const isTold = refused !== null && (typed.value !== null || undo !== null || !isStale(refused));
  const read = readWeights(instrument, form);
  const problems = isTried.value && read.state === 'invalid' ? read.problems : [];

  async function save(event: Event) {
    event.preventDefault();
    if (!write || isBusy) return;
    isTried.value = read.state === 'invalid';
    if (read.state === 'invalid') {
      const [wrong] = read.problems;
      if (wrong?.code === 'weight-invalid')
        document.getElementById(weightField(wrong.field))?.focus();
      return;
    }
    const sent = typed.value;
    const before = checklist.weights;
    const after = read.weights;
    await act(async () => {
      await write(before, after);
      // What was typed while it was on its way is not stored yet.
      if (typed.value !== sent) return;
      typed.value = null;
      saved.value = { before, after };
    });
  }

  async function takeBack({
    before,
    after,
  }: {
    before: ChecklistWeights;
    after: ChecklistWeights;
  }) {
    const isDone = await act(async () => {
      await write?.(after, before);
      saved.value = null;
    });
    // The button that took it back is gone, and the focus with it.
    if (isDone) heading.current?.focus();
  }

  function take(next: WeightsForm) {
    typed.value = next;
    saved.value = null;
  }

  const sumText = (problem: WeightProblem) =>
    problem.code === 'no-whole'
      ? t('oit.weights.noWhole', {
          indicator: formats.count(problem.indicator),
          sum: formats.score(problem.sum),
        })
      : t('oit.weights.invalid');

  return (
    <details class="more">
      <summary ref={heading}>{t('oit.weights.title')}</summary>
      <form class="form card" noValidate onSubmit={(event) => void save(event)}>
        <p>{t('oit.weights.lead')}</p>
        {instrument.indicators.map((indicator) => (
          <WeightsTable
            key={indicator.indicator}
            instrument={instrument.id}
            indicator={indicator}
            form={form}
            wrong={problems.flatMap((one) => (one.code === 'weight-invalid' ? [one.field] : []))}
            onInput={write ? (code, value) => take({ ...form, [code]: value }) : null}
          />
        ))}
        {problems.length > 0 ? (
          <ul role="alert">
            {problems.map((problem) => (
              <li key={JSON.stringify(problem)} class="field-problem">
                {sumText(problem)}
              </li>
            ))}
          </ul>
        ) : null}
        {isTold ? (
          <RefusedNote
            refused={refused}
            stale={typed.value === null ? t('oit.weights.staleUndo') : undefined}
            refresh={refresh}
          />
        ) : null}
        {write ? (
          <div class="form-acts">
            <SubmitButton busy={isBusy}>{t('oit.weights.save')}</SubmitButton>
            {isSame(form, assumed) ? null : (
              <button type="button" class="button button-quiet" onClick={() => take(assumed)}>
                {t('oit.weights.reset')}
              </button>
            )}
            {isSame(form, stored) ? null : (
              <button type="button" class="button button-quiet" onClick={() => take(stored)}>
                {t('oit.cancel')}
              </button>
            )}
          </div>
        ) : null}
        <output>
          {undo === null ? null : (
            <span class="oit-saved">
              <Icon name="check" />
              <span>{t('oit.weights.saved')}</span>
              <button
                type="button"
                class="button button-quiet"
                aria-disabled={isBusy ? 'true' : undefined}
                onClick={() => void takeBack(undo)}
              >
                {t('oit.undo')}
                <span class="visually-hidden"> {t('oit.weights.title')}</span>
              </button>
            </span>
          )}
        </output>
      </form>
    </details>
  );
}
