import type { BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { digestOf } from '#core/contract/digest.ts';
import type { Limits } from '../limits/limits.ts';
import type { EnvelopeReading } from '../receiving/read-envelope.ts';
import { createWork } from './work.ts';

/** Responses a second that a channel takes in the long run: 3,600 an hour, more than any counter has visitors. */
const PER_SECOND = 1;

/** Hashes for each response at most; half of it on the average, well below a second on a slow phone. */
const HASHES_PER_RESPONSE = 20_000;

/** What a device does for the fullest batch: half a minute, of which nobody notices anything. */
const MOST_HASHES = 1_000_000;

const LONGEST_WAIT_SECONDS = 60;

export interface FloodEffects {
  /** How many responses of a channel may come at once. */
  floodAbove: number;
  workKey: string;
  limits: Pick<Limits, 'buckets' | 'once'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What a batch has to do first; `seconds`: how long a device waits that cannot do it. */
export interface Wanted {
  work: string;
  seconds: number;
}

/**
 * Notices that a channel is flooded, by a token bucket for each that all server processes share. It never looks at who sends. What is taken is counted,
 * also what is only set aside, as it takes the same room; not what is asked: duplicates and what is refused flood nothing, and
 * channels that do not exist take no memory.
 */
export interface FloodGate {
  /** Null where the batch may come in, else what has to be done first. `done`: as the device wrote it. */
  demand(readings: readonly EnvelopeReading[], done: string | undefined): Promise<Wanted | null>;
  /** Counts what was taken. An envelope that is set aside again counts again: nobody tells it from a new one. */
  count(readings: readonly EnvelopeReading[], results: readonly BatchResult[]): Promise<void>;
}

const TAKES_ROOM: Readonly<Record<BatchResult['result'], boolean>> = {
  accepted: true,
  conflict: true,
  quarantined: true,
  uncounted: true,
  duplicate: false,
  refused: false,
};

/** What cannot be read is refused, and takes no room. */
const readableOf = (readings: readonly EnvelopeReading[]): Envelope[] =>
  readings.flatMap((reading) => (reading.state === 'readable' ? [reading.envelope] : []));

/** What a batch's work is bound to: its envelopes, in whatever order. */
const batchName = (envelopes: readonly Envelope[]): string =>
  digestOf(
    envelopes
      .map((one) => `${one.id} ${one.digest}`)
      .sort()
      .join('\n'),
  );

export function createFloodGate({ floodAbove, ...effects }: FloodEffects): FloodGate {
  const work = createWork(effects);
  const buckets = effects.limits.buckets('flood', {
    capacity: floodAbove,
    perSecond: PER_SECOND,
    // A debt as large as the bucket at most: whoever floods for a day does not shut the next one.
    mostDebt: floodAbove,
  });

  return {
    async demand(readings, done) {
      const envelopes = readableOf(readings);
      const flooded = envelopes.filter((one) => buckets.left(one.channel) < 1);
      if (flooded.length === 0) return null;
      const batch = batchName(envelopes);
      if (done !== undefined && (await work.isDone(batch, done))) return null;
      const most = Math.min(MOST_HASHES, flooded.length * HASHES_PER_RESPONSE);
      const lacking = Math.max(...flooded.map((one) => 1 - buckets.left(one.channel)));
      const seconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil(lacking / PER_SECOND));
      return { work: await work.wanted(batch, most), seconds };
    },
    async count(readings, results) {
      const taken = new Set(
        results.filter(({ result }) => TAKES_ROOM[result]).map((result) => result.id),
      );
      const taking = new Map<string, number>();
      for (const { id, channel: code } of readableOf(readings))
        if (taken.has(id)) taking.set(code, (taking.get(code) ?? 0) + 1);
      for (const [code, number] of taking) await buckets.take(code, number);
    },
  };
}
