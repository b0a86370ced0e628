import type { LimitStorage } from '../storage/limit-rows.ts';

export interface AttemptLimitOptions {
  storage: Pick<LimitStorage, 'countAttempt' | 'forgetAttempts'>;
  /** Under what the attempts of a key are counted. */
  markOf: (key: string) => string | Promise<string>;
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
 * At most `maximum` failed attempts per key; the window starts with the first of them. An attempt counts when it begins,
 * so that many at once are no way round.
 */
export function createAttemptLimit(options: AttemptLimitOptions): AttemptLimit {
  const { storage, markOf, maximum, windowMs, now } = options;
  return {
    async begin(key) {
      const begun = now();
      const window = { now: begun, until: begun + windowMs };
      const { count, until } = await storage.countAttempt(await markOf(key), window);
      return count > maximum ? Math.ceil((until - begun) / 1000) : 0;
    },
    async forgive(key) {
      await storage.forgetAttempts(await markOf(key));
    },
  };
}
