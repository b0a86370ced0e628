import type { AppContext, AppEffects } from './effects.ts';

const GUESSES_AT_ONCE = 30;
const GUESSES_PER_SECOND = 1 / 10;

/** Counts a look-up of a code that does not exist; resolves to the seconds to wait once there were many, else 0. */
export type GuessLimit = (context: AppContext) => Promise<number>;

/**
 * A strict limit on wrong codes per address. Right ones are answered all the same, so that one person who guesses does not
 * shut the counter's own visitors out.
 */
export function createGuessLimit({
  addressOf,
  limits,
}: Pick<AppEffects, 'addressOf' | 'limits'>): GuessLimit {
  const buckets = limits.buckets('guesses', {
    capacity: GUESSES_AT_ONCE,
    perSecond: GUESSES_PER_SECOND,
  });
  return async function countWrongGuess(context) {
    return buckets.takeOne(addressOf(context));
  };
}
