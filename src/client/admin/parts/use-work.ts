import { batch, useSignal, type Signal } from '@preact/signals';
import { type ApiError, errorToTell } from '../api-error.ts';

/** What somebody does with a row of a list, as far as the server has a say in it. */
export interface Attempt {
  isBusy: boolean;
  /** Why the server did not take it; null = it did, or was not asked. */
  refused: ApiError | null;
}

export const IDLE: Attempt = { isBusy: false, refused: null };

interface WorkOnRows<Work extends Attempt> {
  /** By the row's key; a row that nobody works on is not in it. */
  readonly work: Signal<ReadonlyMap<string, Work>>;
  set: (key: string, next: Work | null) => void;
  /**
   * Does it unless something is on its way for the same row; `show` shows what came of it, `then` says what it leads to from
   * how far the work is by then. Both are seen at once: a form never stands beside what it has just made.
   */
  attempt: <Outcome>(
    key: string,
    doing: Work,
    act: () => Promise<Outcome>,
    show: (outcome: Outcome) => void,
    then: (now: Work, outcome: Outcome) => Work | null,
  ) => Promise<void>;
}

/**
 * The work on the rows of a list, each by itself. A change shows when the server has it; when it says no, everything that was
 * typed is still there.
 */
export function useWork<Work extends Attempt>(): WorkOnRows<Work> {
  const work = useSignal<ReadonlyMap<string, Work>>(new Map());

  function set(key: string, next: Work | null) {
    const changed = new Map(work.value);
    if (next) changed.set(key, next);
    else changed.delete(key);
    work.value = changed;
  }

  return {
    work,
    set,
    async attempt(key, doing, act, show, then) {
      if (work.value.get(key)?.isBusy) return;
      set(key, { ...doing, isBusy: true, refused: null });
      try {
        const outcome = await act();
        batch(() => {
          show(outcome);
          set(key, then(work.value.get(key) ?? doing, outcome));
        });
      } catch (thrown) {
        const refused = errorToTell(thrown);
        // What was typed while it was on its way is not lost.
        set(key, { ...(work.value.get(key) ?? doing), isBusy: false, refused });
      }
    },
  };
}
