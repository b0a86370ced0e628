import type { LimitStorage } from '../storage/limit-rows.ts';

export interface TokenBucketOptions {
  storage: Pick<LimitStorage, 'takeFromBucket'>;
  /** Under what the bucket of a key is shared. */
  markOf: (key: string) => Promise<string>;
  /** How many at once. */
  capacity: number;
  perSecond: number;
  /** How many more may be taken than there are; none unless told. */
  mostDebt?: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What a process takes out of a bucket before it tells the others, as a part of the capacity. */
const TOLD_IN = 10;

/** Buckets remembered before those that are full again are forgotten for the first time. */
const FIRST_SWEEP_ABOVE = 10_000;

/** A token bucket per key: bursts up to `capacity`, and `perSecond` in the long run. */
export interface TokenBuckets {
  /** How many are left, as far as this process knows; below 0 where more was taken than there was. */
  left(key: string): number;
  /** Takes so many, whether they are there or not. Never rejects. */
  take(key: string, count: number): Promise<void>;
  /** Takes one if it is there; resolves to the seconds to wait if it is not, else 0. */
  takeOne(key: string): Promise<number>;
}

/** A bucket by when it is full again, and what of it the other processes have not been told. */
interface Bucket {
  fullAt: number;
  untold: number;
  tellAt: number;
}

/**
 * Each process has the buckets in memory, and tells the others through the database, in portions of a tenth of the capacity: so a
 * sender who does not hurry is written down nowhere, few requests cost a query, and of n processes together
 * no more than n tenths too many are let through. What cannot be told is told with the next portion.
 */
export function createTokenBuckets(options: TokenBucketOptions): TokenBuckets {
  const { storage, markOf, capacity, perSecond, mostDebt = 0, now } = options;
  const tokenMs = Math.round(1000 / perSecond);
  const portion = Math.max(1, Math.floor(capacity / TOLD_IN));
  const mostMs = (capacity + mostDebt) * tokenMs;
  const buckets = new Map<string, Bucket>();

  /** Null of one that is full. None lacks more than `mostMs`: where one seems to, the clock was set back, and nobody waits until it is as late again. */
  function lackingOf(key: string, time: number): Bucket | null {
    const bucket = buckets.get(key);
    return bucket && bucket.fullAt > time && bucket.fullAt <= time + mostMs ? bucket : null;
  }

  let sweepAbove = FIRST_SWEEP_ABOVE;
  function sweep(time: number) {
    if (buckets.size <= sweepAbove) return;
    for (const key of buckets.keys()) if (!lackingOf(key, time)) buckets.delete(key);
    // Where none is full yet, not again before there are twice as many.
    sweepAbove = Math.max(FIRST_SWEEP_ABOVE, 2 * buckets.size);
  }

  function left(key: string): number {
    const time = now();
    return capacity - ((lackingOf(key, time)?.fullAt ?? time) - time) / tokenMs;
  }

  async function tell(key: string, bucket: Bucket) {
    const telling = bucket.untold;
    bucket.untold = 0;
    try {
      const latest = now() + mostMs;
      const taking = { now: now(), longer: telling * tokenMs, latest };
      const fullAt = await storage.takeFromBucket(await markOf(key), taking);
      bucket.fullAt = Math.min(latest, Math.max(bucket.fullAt, fullAt + bucket.untold * tokenMs));
      bucket.tellAt = portion;
    } catch {
      bucket.untold += telling;
      bucket.tellAt = bucket.untold + portion;
    }
  }

  async function take(key: string, count: number) {
    const time = now();
    sweep(time);
    const bucket = lackingOf(key, time) ?? { fullAt: time, untold: 0, tellAt: portion };
    buckets.set(key, bucket);
    bucket.fullAt = Math.min(time + mostMs, bucket.fullAt + count * tokenMs);
    bucket.untold += count;
    if (bucket.untold >= bucket.tellAt) await tell(key, bucket);
  }

  return {
    left,
    take,
    async takeOne(key) {
      const tokens = left(key);
      if (tokens < 1) return Math.ceil(((1 - tokens) * tokenMs) / 1000);
      await take(key, 1);
      return 0;
    },
  };
}
