import { asApiError, type ApiError } from '../api-error.ts';

/** What is known of something that is asked for again and again. */
export interface Polled<Value> {
  /** The last good answer and when it came. */
  latest: { value: Value; at: Date } | null;
  /** Why the last try failed; null = it did not. */
  error: ApiError | null;
}

export const POLL_MS = 4_000;
export const LONGEST_POLL_MS = 60_000;

/** How long to wait after so many failures in a row: 4 s, then doubling up to a minute. */
export function pollDelayMs(failures: number): number {
  return Math.min(LONGEST_POLL_MS, POLL_MS * 2 ** failures);
}

export interface PollingEffects {
  now: () => Date;
  isVisible: () => boolean;
  /** Calls back when the page is shown again; returns the function that ends it. */
  onVisible: (wake: () => void) => () => void;
}

/**
 * Asks at once and then on and on, only while the page is visible, slower while it fails. `tell` gets every change.
 * Returns the functions that end it and that ask at once: an answer still on its way is then out of date and is dropped.
 */
export function startPolling<Value>(
  load: () => Promise<Value>,
  tell: (polled: Polled<Value>) => void,
  effects: PollingEffects,
): { stop: () => void; askNow: () => void } {
  let polled: Polled<Value> = { latest: null, error: null };
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isAskedAnew = false;
  let isStopped = false;

  function settle(next: Polled<Value>) {
    isAsking = false;
    if (isStopped) return;
    if (isAskedAnew) {
      ask();
      return;
    }
    polled = next;
    failures = next.error === null ? 0 : failures + 1;
    tell(polled);
    timer = setTimeout(ask, pollDelayMs(failures));
  }

  function ask() {
    clearTimeout(timer);
    isAskedAnew = isAsking;
    if (isStopped || isAsking || !effects.isVisible()) return;
    isAsking = true;
    load()
      .then((value) => settle({ latest: { value, at: effects.now() }, error: null }))
      .catch((thrown: unknown) => settle({ latest: polled.latest, error: asApiError(thrown) }));
  }

  const stopListening = effects.onVisible(ask);
  ask();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      stopListening();
    },
    askNow: ask,
  };
}
