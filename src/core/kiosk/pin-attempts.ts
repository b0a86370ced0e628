const FREE_ATTEMPTS = 3;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Wrong PINs in a row, and when the last one was typed: milliseconds since the epoch. */
export interface PinAttempts {
  wrong: number;
  at: number;
}

export const NO_ATTEMPTS: PinAttempts = { wrong: 0, at: 0 };

/** One more wrong PIN. */
export function afterWrongPin({ wrong }: PinAttempts, now: number): PinAttempts {
  return { wrong: wrong + 1, at: now };
}

/**
 * How long nobody may try, in milliseconds: nothing for the first three, then half a minute, doubled with each wrong PIN up to
 * a quarter of an hour. A clock that was set back does not lengthen it, and one that was set forward ends one wait, not the next.
 */
export function pinWaitMs({ wrong, at }: PinAttempts, now: number): number {
  if (wrong < FREE_ATTEMPTS) return 0;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE_ATTEMPTS), LONGEST_WAIT_MS);
  const passed = now - at;
  return passed < 0 ? wait : Math.max(0, wait - passed);
}
