/** The first wait after a failure is between this and twice this. */
export const SHORTEST_WAIT_MS = 1_000;

/** No wait of our own is longer. */
export const LONGEST_WAIT_MS = 5 * 60_000;

/** The longest Retry-After that is honoured, so that one wrong header cannot strand answers for days. */
export const LONGEST_QUIET_MS = 60 * 60_000;

/**
 * How long to wait after so many failures in a row (1 or more): doubling, with the upper half left to chance so that a
 * room full of tablets does not come back at one moment. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(failures, 20));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
