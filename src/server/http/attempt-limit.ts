export interface AttemptLimitOptions {
  maximum: number;
  windowMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

const SWEEP_ABOVE = 10_000;

/** A limit on failed attempts, in memory only. */
export interface AttemptLimit {
  /** Counts an attempt as failed until forgive() says otherwise; returns the seconds to wait if there were too many, else 0. */
  begin(key: string): number;
  forgive(key: string): void;
}

/**
 * At most `maximum` failed attempts per key; the window starts with the first of them. An attempt counts when it begins,
 * so that many at once are no way round.
 */
export function createAttemptLimit({ maximum, windowMs, now }: AttemptLimitOptions): AttemptLimit {
  const windows = new Map<string, { attempts: number; endsAt: number }>();

  function sweep() {
    if (windows.size <= SWEEP_ABOVE) return;
    for (const [key, { endsAt }] of windows) if (endsAt <= now()) windows.delete(key);
  }

  return {
    begin(key) {
      const known = windows.get(key);
      if (!known || known.endsAt <= now()) {
        sweep();
        windows.set(key, { attempts: 1, endsAt: now() + windowMs });
        return 0;
      }
      if (known.attempts >= maximum) return Math.ceil((known.endsAt - now()) / 1000);
      known.attempts += 1;
      return 0;
    },
    forgive(key) {
      windows.delete(key);
    },
  };
}
