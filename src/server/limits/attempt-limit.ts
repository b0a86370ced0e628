import type { LimitStorage } from '../storage/limit-rows.ts';

/** Under what attempts are counted. `former`: the same of the hour before, where what was counted then may still matter. */
export interface AttemptMarks {
  mark: string;
  former: string | null;
}

export interface AttemptLimitOptions {
  storage: Pick<LimitStorage, 'countAttempt' | 'forgetAttempts'>;
  marksOf: (key: string) => AttemptMarks | Promise<AttemptMarks>;
  maximum: number;
  windowMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** A limit on failed attempts, which all server processes on the database count together. */
export interface AttemptLimit {
  /** Counts an attempt as failed until forgive() says otherwise; resolves to the seconds to wait if there were too many, else 0. */
  begin(key: string): Promise<number>;
  forgive(key: string): Promise<void>;
}

/**
 * Never more than `maximum` failed attempts per key in any `windowMs`: they are forgotten together, that long after the last of them,
 * so that nobody gets twice as many around the end of a window. An attempt counts when it begins, so that many at once are no way round;
 * what is refused puts nothing off.
 */
export function createAttemptLimit(options: AttemptLimitOptions): AttemptLimit {
  const { storage, marksOf, maximum, windowMs, now } = options;
  return {
    async begin(key) {
      const begun = now();
      const { mark, former } = await marksOf(key);
      const attempting = { now: begun, until: begun + windowMs, maximum };
      const { count, until } = await storage.countAttempt(mark, former, attempting);
      return count > maximum ? Math.ceil((until - begun) / 1000) : 0;
    },
    async forgive(key) {
      const { mark, former } = await marksOf(key);
      await storage.forgetAttempts(former === null ? [mark] : [mark, former]);
    },
  };
}
