import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import { responseSchema } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { addResponse, emptyTally, type Tally } from '#core/scoring/tally.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';

const PAGE_SIZE = 2_000;

/** What is counted of one instrument's responses in an assessment. */
export interface InstrumentCounts {
  instrument: Instrument;
  /** One per department of the assessment, then null: no department said. */
  departments: { department: number | null; tally: Tally }[];
  /** By day of receipt, oldest first. */
  days: { day: string; n: number }[];
}

export interface CountingEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
}

/** Every stored response of the channels, a page at a time, so that a large assessment is never all in memory. */
async function* responsesOf(storage: Storage, channels: readonly StoredChannel[]) {
  for (const { code } of channels) {
    let after = '';
    for (;;) {
      const page = await storage.readResponses({ channel: code, after, limit: PAGE_SIZE });
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE_SIZE) break;
      after = last.id;
      // SQLite answers without a pause: responses that come in meanwhile must not wait for the end of the count.
      await setImmediate();
    }
  }
}

function departmentFieldOf(instrument: Instrument): string | null {
  return instrument.fields.find(({ options }) => options === 'departments')?.code ?? null;
}

async function countInstrument(
  storage: Storage,
  assessment: Assessment,
  instrument: Instrument,
  channels: readonly StoredChannel[],
): Promise<InstrumentCounts> {
  const field = departmentFieldOf(instrument);
  const numbers = [...assessment.departments.map(({ number }) => number), null];
  const tallies = new Map(numbers.map((number) => [number, emptyTally(instrument)]));
  const days = new Map<string, number>();
  for await (const { body, day } of responsesOf(storage, channels)) {
    const response = responseSchema.parse(JSON.parse(body));
    const said = field === null ? null : (response.respondent[field] ?? null);
    const department = tallies.has(said) ? said : null;
    tallies.set(
      department,
      addResponse(tallies.get(department) ?? emptyTally(instrument), response),
    );
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return {
    instrument,
    departments: [...tallies].map(([department, tally]) => ({ department, tally })),
    days: [...days].map(([day, n]) => ({ day, n })).sort((a, b) => (a.day < b.day ? -1 : 1)),
  };
}

/** Counts an assessment's responses, one entry per instrument. */
export type CountResponses = (assessment: Assessment) => Promise<InstrumentCounts[]>;

/**
 * Counts by reading every response, and remembers the counts while no response has come in: responses are only ever added,
 * so the number of them tells whether anything changed.
 */
export function createCounter({ storage, instruments }: CountingEffects): CountResponses {
  const remembered = new Map<string, { marker: string; counts: InstrumentCounts[] }>();

  return async function countResponses(assessment) {
    const channels = await storage.listChannels(assessment.id);
    const numbers = await storage.countResponses(channels.map(({ code }) => code));
    // Taken before the reading: a response that comes in meanwhile makes the next reader count again.
    const marker = JSON.stringify([
      assessment.departments.map(({ number }) => number),
      channels.map(({ code }) => numbers.get(code) ?? 0),
    ]);
    const known = remembered.get(assessment.id);
    if (known?.marker === marker) return known.counts;

    const counts: InstrumentCounts[] = [];
    for (const id of assessment.instruments) {
      const instrument = instruments.get(id);
      if (!instrument) throw new Error('an assessment without its instrument');
      const own = channels.filter((channel) => channel.instrument === id);
      counts.push(await countInstrument(storage, assessment, instrument, own));
    }
    remembered.set(assessment.id, { marker, counts });
    return counts;
  };
}
