import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import { responseSchema } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { type Combination, createCombinations } from '#core/scoring/combinations.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';

const PAGE_SIZE = 2_000;

/** `day`: of receipt, ISO, in Thailand. */
interface DayCount {
  day: string;
  n: number;
}

const inOrder = (days: ReadonlyMap<string, number>): DayCount[] =>
  [...days].map(([day, n]) => ({ day, n })).sort((a, b) => (a.day < b.day ? -1 : 1));

/** What is counted of one instrument's responses in an assessment. */
export interface InstrumentCounts {
  instrument: Instrument;
  /** Everything that scores are made of. */
  combinations: Combination[];
  /** One per channel, in the order of the assessment's channels. */
  channels: { code: string; n: number; days: DayCount[] }[];
  /** By day of receipt, oldest first. */
  days: DayCount[];
}

export interface CountingEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
}

/** Every stored response of a channel, a page at a time, so that a large assessment is never all in memory. */
async function* responsesOf(storage: Storage, channel: string) {
  let after = '';
  for (;;) {
    const page = await storage.readResponses({ channel, after, limit: PAGE_SIZE });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) return;
    after = last.id;
    // SQLite answers without a pause: responses that come in meanwhile must not wait for the end of the count.
    await setImmediate();
  }
}

async function countInstrument(
  storage: Storage,
  instrument: Instrument,
  channels: readonly StoredChannel[],
): Promise<InstrumentCounts> {
  const counting = createCombinations(instrument);
  const days = new Map<string, number>();
  const byChannel: InstrumentCounts['channels'] = [];
  for (const { code } of channels) {
    let n = 0;
    const ownDays = new Map<string, number>();
    for await (const { body, day, display } of responsesOf(storage, code)) {
      counting.add({ ...responseSchema.parse(JSON.parse(body)), display });
      for (const counts of [days, ownDays]) counts.set(day, (counts.get(day) ?? 0) + 1);
      n += 1;
    }
    byChannel.push({ code, n, days: inOrder(ownDays) });
  }
  return {
    instrument,
    combinations: counting.combinations(),
    channels: byChannel,
    days: inOrder(days),
  };
}

/** Counts an assessment's responses, one entry per instrument. */
export type CountResponses = (assessment: Assessment) => Promise<InstrumentCounts[]>;

/**
 * Counts by reading every response, and remembers the counts while no response has come in: responses are only ever added,
 * so the number of them tells whether anything changed. Who asks while a count is under way waits for that one.
 */
export function createCounter({ storage, instruments }: CountingEffects): CountResponses {
  const remembered = new Map<string, { marker: string; counts: Promise<InstrumentCounts[]> }>();

  async function count(assessment: Assessment, channels: readonly StoredChannel[]) {
    const counts: InstrumentCounts[] = [];
    for (const id of assessment.instruments) {
      const instrument = instruments.get(id);
      if (!instrument) throw new Error('an assessment without its instrument');
      const own = channels.filter((channel) => channel.instrument === id);
      counts.push(await countInstrument(storage, instrument, own));
    }
    return counts;
  }

  return async function countResponses(assessment) {
    const channels = await storage.listChannels(assessment.id);
    const numbers = await storage.countResponses(channels.map(({ code }) => code));
    // Taken before the reading: a response that comes in meanwhile makes the next reader count again.
    const marker = JSON.stringify(channels.map(({ code }) => [code, numbers.get(code) ?? 0]));
    const known = remembered.get(assessment.id);
    if (known?.marker === marker) return known.counts;

    const counts = count(assessment, channels);
    const remembering = { marker, counts };
    remembered.set(assessment.id, remembering);
    try {
      return await counts;
    } catch (error) {
      // What could not be read now is read anew by whoever asks next.
      if (remembered.get(assessment.id) === remembering) remembered.delete(assessment.id);
      throw error;
    }
  };
}
