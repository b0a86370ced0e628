import type { BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { digestOf } from '#core/contract/digest.ts';
import type { Limits } from '../limits/limits.ts';
import type { EnvelopeReading } from '../receiving/read-envelope.ts';
import type { ReceiveBatch } from '../receiving/receive-batch.ts';
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

/** What became of a batch: it came in, or nothing of it before the work is done. */
export type Admitted =
  | { state: 'received'; results: BatchResult[] }
  | { state: 'wanted'; wanted: Wanted };

/**
 * Notices that a channel is flooded, by a token bucket for each that all server processes share. It never looks at who sends. What is taken is counted,
 * also what is only set aside, as it takes the same room; not what is asked: duplicates and what is refused flood nothing, and
 * channels that do not exist take no memory. An envelope that is set aside again counts again: nobody tells it from a new one.
 */
export interface FloodGate {
  /**
   * Has a batch received where it may come in. What is being received counts until it is known what was taken, so that many batches at
   * once are no way round. `done`: work as the device wrote it.
   */
  pass(
    readings: readonly EnvelopeReading[],
    done: string | undefined,
    receive: ReceiveBatch,
  ): Promise<Admitted>;
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

/** How many there are of each channel. */
function numbersOf(envelopes: readonly Envelope[]): Map<string, number> {
  const byChannel = Map.groupBy(envelopes, ({ channel }) => channel);
  return new Map([...byChannel].map(([code, own]) => [code, own.length]));
}

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

  /** How many envelopes of a channel are being received. */
  const underway = new Map<string, number>();
  const room = (code: string) => buckets.left(code) - (underway.get(code) ?? 0);

  async function receiving<Result>(
    envelopes: readonly Envelope[],
    receive: () => Promise<Result>,
  ): Promise<Result> {
    const numbers = numbersOf(envelopes);
    for (const [code, number] of numbers) underway.set(code, (underway.get(code) ?? 0) + number);
    try {
      return await receive();
    } finally {
      for (const [code, number] of numbers) {
        const left = (underway.get(code) ?? 0) - number;
        if (left > 0) underway.set(code, left);
        else underway.delete(code);
      }
    }
  }

  async function demand(
    envelopes: readonly Envelope[],
    flooded: readonly Envelope[],
    done: string | undefined,
  ): Promise<Wanted | null> {
    const batch = batchName(envelopes);
    if (done !== undefined && (await work.isDone(batch, done))) return null;
    const most = Math.min(MOST_HASHES, flooded.length * HASHES_PER_RESPONSE);
    const lacking = Math.max(1, ...flooded.map((one) => 1 - room(one.channel)));
    const seconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil(lacking / PER_SECOND));
    return { work: await work.wanted(batch, most), seconds };
  }

  async function count(envelopes: readonly Envelope[], results: readonly BatchResult[]) {
    const taken = new Set(
      results.filter(({ result }) => TAKES_ROOM[result]).map((result) => result.id),
    );
    const numbers = numbersOf(envelopes.filter(({ id }) => taken.has(id)));
    await Promise.all([...numbers].map(async ([code, number]) => buckets.take(code, number)));
  }

  return {
    async pass(readings, done, receive) {
      const envelopes = readableOf(readings);
      const flooded = envelopes.filter((one) => room(one.channel) < 1);
      // Nothing comes in between the look and the note of what is received.
      const wanted = flooded.length > 0 ? await demand(envelopes, flooded, done) : null;
      if (wanted) return { state: 'wanted', wanted };
      const results = await receiving(envelopes, async () => receive(readings));
      await count(envelopes, results);
      return { state: 'received', results };
    },
  };
}
