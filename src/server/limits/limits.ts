import type { Storage } from '../storage/storage.ts';
import type { Randomness } from '../randomness.ts';
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts';
import { createMarks, LONGEST_WINDOW_MS } from './marks.ts';
import { createTokenBuckets, type TokenBuckets } from './token-bucket.ts';

export interface LimitEffects {
  storage: Storage;
  randomness: Pick<Randomness, 'secret'>;
  /** What all server processes on this database have, and the database has not. */
  sharedSecret: string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Makes the limits of a process, each under a name of its own, by which other processes share it. */
export interface Limits {
  /** `windowMs`: not longer than the secret of an hour is kept after it. */
  attempts(name: string, limit: { maximum: number; windowMs: number }): AttemptLimit;
  /** For what may happen once: `windowMs` is how long it matters. Unlike the others, not for what leads to a person. */
  once(name: string, limit: { windowMs: number }): AttemptLimit;
  buckets(
    name: string,
    limit: { capacity: number; perSecond: number; mostDebt?: number },
  ): TokenBuckets;
}

export function createLimits({ storage, randomness, sharedSecret, now }: LimitEffects): Limits {
  const marks = createMarks({ storage, sharedSecret, now, newSecret: () => randomness.secret() });
  return {
    attempts(name, limit) {
      if (limit.windowMs > LONGEST_WINDOW_MS) throw new Error('a window too long for its marks');
      const marksOf = (key: string) => marks.aroundNow(`${name} ${key}`);
      return createAttemptLimit({ storage, now, marksOf, ...limit });
    },
    once: (name, limit) =>
      createAttemptLimit({
        storage,
        now,
        marksOf: (key) => ({ mark: marks.lasting(`${name} ${key}`), former: null }),
        maximum: 1,
        ...limit,
      }),
    buckets: (name, limit) =>
      createTokenBuckets({
        storage,
        now,
        markOf: (key) => marks.ofThisHour(`${name} ${key}`),
        ...limit,
      }),
  };
}
