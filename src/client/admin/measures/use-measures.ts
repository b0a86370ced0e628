import type { Signal } from '@preact/signals';
import { measureTag } from '#core/contract/measure-tag.ts';
import type { Measure } from '#core/contract/measures.ts';
import { type Attempt, IDLE, useWork } from '../parts/use-work.ts';
import { formOf, isChanged, readMeasure, type MeasureForm } from './measure-form.ts';

/**
 * What somebody does with a measure just now. editing: `begun` is the form as it was opened; saved and removed can be taken
 * back while nobody else wrote since, saved only where there was one before. `after`: what was saved.
 */
export type MeasureWork = Attempt &
  (
    | { state: 'editing'; begun: MeasureForm; form: MeasureForm; isTried: boolean }
    | { state: 'saved'; before: Measure | null; after: Measure }
    | { state: 'removing' }
    | { state: 'removed'; measure: Measure }
  );

export interface MeasuresWork {
  /** By the id of the measure; one that nobody works on is not in it. */
  readonly work: Signal<ReadonlyMap<string, MeasureWork>>;
  edit(id: string, form: MeasureForm): void;
  change(id: string, form: MeasureForm): void;
  /** Not while it is being saved, which nothing calls back. */
  cancel(id: string): void;
  /** `stored`: what the form changes, null for a new one. False if something is wrong in the form. */
  save(id: string, stored: Measure | null): boolean;
  remove(measure: Measure): void;
  /** Takes back what was saved or removed last; the server refuses it where somebody else wrote since. */
  takeBack(id: string): void;
  /** What the server has is on show: what others wrote since cannot be taken back, and is not told as one's own. */
  heed(stored: readonly Measure[]): void;
  /** True while something is typed that is not saved: of that measure, or of any. */
  hasUnsaved(id?: string): boolean;
}

interface MeasuresEffects {
  /** Resolves to the measure as the server has it then. */
  write: (before: Measure | null, after: Measure) => Promise<Measure>;
  /** Resolves when the measure is gone, also where somebody else had removed it before. */
  remove: (measure: Measure) => Promise<void>;
  onWritten: (measure: Measure) => void;
  onRemoved: (id: string) => void;
}

const isSame = (a: Measure | null, b: Measure | null): boolean =>
  a === null || b === null ? a === b : measureTag(a) === measureTag(b);

/** The work on measures. */
export function useMeasures({
  write,
  remove,
  onWritten,
  onRemoved,
}: MeasuresEffects): MeasuresWork {
  const { work, set, attempt } = useWork<MeasureWork>();

  const send = (
    doing: MeasureWork,
    before: Measure | null,
    after: Measure,
    then: (now: MeasureWork, written: Measure) => MeasureWork | null,
  ) => attempt(after.id, doing, () => write(before, after), onWritten, then);

  return {
    work,
    edit: (id, form) => set(id, { ...IDLE, state: 'editing', begun: form, form, isTried: false }),
    change(id, form) {
      const doing = work.value.get(id);
      if (doing?.state === 'editing') set(id, { ...doing, form });
    },
    cancel(id) {
      if (!work.value.get(id)?.isBusy) set(id, null);
    },
    save(id, stored) {
      const doing = work.value.get(id);
      if (doing?.state !== 'editing') return true;
      const read = readMeasure(id, doing.form);
      if (read.state === 'invalid') {
        set(id, { ...doing, isTried: true });
        return false;
      }
      const { measure } = read;
      if (stored && !isChanged(formOf(stored), formOf(measure))) set(id, null);
      else
        void send(doing, stored, measure, (now, written) =>
          // What was typed while it was on its way is not stored yet.
          now.state === 'editing' && isChanged(doing.form, now.form)
            ? { ...now, ...IDLE, begun: doing.form }
            : { ...IDLE, state: 'saved', before: stored, after: written },
        );
      return true;
    },
    remove(measure) {
      const { id } = measure;
      void attempt(
        id,
        { ...IDLE, state: 'removing' },
        () => remove(measure),
        () => onRemoved(id),
        () => ({ ...IDLE, state: 'removed', measure }),
      );
    },
    takeBack(id) {
      const doing = work.value.get(id);
      if (doing?.state === 'removed') void send(doing, null, doing.measure, () => null);
      if (doing?.state === 'saved' && doing.before)
        void send(doing, doing.after, doing.before, () => null);
    },
    heed(stored) {
      for (const [id, doing] of work.value) {
        if (doing.isBusy || doing.state === 'editing') continue;
        const left = doing.state === 'saved' ? doing.after : null;
        const found = stored.find((measure) => measure.id === id) ?? null;
        if (doing.state === 'removing' || !isSame(left, found)) set(id, null);
      }
    },
    hasUnsaved: (id) =>
      [...work.value].some(
        ([known, doing]) =>
          (id ?? known) === known &&
          doing.state === 'editing' &&
          isChanged(doing.begun, doing.form),
      ),
  };
}
