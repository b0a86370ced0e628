/** After so long, those that were still being counted are asked for again. */
export const FIRST_PAUSE_MS = 500;

/** An office that cannot be judged, as by a questionnaire of a later build, counts for ever: so often its whole city is asked for. */
export const LONGEST_PAUSE_MS = 4_000;

/** How long to wait before the next time: longer each time that left as many in counting as there were, in milliseconds. */
export function nextPause(pause: number, left: { before: number; after: number }): number {
  return left.after < left.before ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
}
