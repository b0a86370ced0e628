export interface TokenBucketOptions {
  /** How many at once. */
  capacity: number;
  perSecond: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Senders remembered before those who have been quiet long enough are forgotten for the first time. */
const FIRST_SWEEP_ABOVE = 10_000;

/** A limit on how often something may happen per sender, in memory only. */
export interface TokenBucket {
  /** Counts one; returns the seconds to wait if it is too many, else 0. */
  take(sender: string): number;
}

/** A token bucket per sender: bursts up to `capacity`, and `perSecond` in the long run. */
export function createTokenBucket({ capacity, perSecond, now }: TokenBucketOptions): TokenBucket {
  const senders = new Map<string, { tokens: number; at: number }>();

  const tokensNow = ({ tokens, at }: { tokens: number; at: number }) =>
    Math.min(capacity, tokens + ((now() - at) / 1000) * perSecond);

  let sweepAbove = FIRST_SWEEP_ABOVE;
  function sweep() {
    if (senders.size <= sweepAbove) return;
    for (const [sender, state] of senders) if (tokensNow(state) >= capacity) senders.delete(sender);
    // Where all are still active, not again before there are twice as many.
    sweepAbove = Math.max(FIRST_SWEEP_ABOVE, 2 * senders.size);
  }

  return {
    take(sender) {
      const tokens = tokensNow(senders.get(sender) ?? { tokens: capacity, at: now() });
      if (tokens < 1) return Math.ceil((1 - tokens) / perSecond);
      sweep();
      senders.set(sender, { tokens: tokens - 1, at: now() });
      return 0;
    },
  };
}
