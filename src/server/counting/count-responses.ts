import { setTimeout } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { Counts } from '#core/scoring/counts.ts';
import type { StoredTallies } from '../storage/counting.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';
import { createCounting } from './counting.ts';
import { CountingUnderway } from './counting-underway.ts';
import { FOLD_SLICE, RECOUNT_SLICE } from './folder.ts';
import { countsOf, type InstrumentCounts, withStored } from './instrument-counts.ts';

/** `day`: of receipt, ISO, in Thailand. */
interface DayCount {
  day: string;
  n: number;
}

/** How many answered an instrument in an assessment, and what groups of them said. No judgement can be made of it. */
export interface InstrumentPeople {
  instrument: Instrument;
  tallies: Counts['tallies'];
  /** One per channel, in the order of the assessment's channels. */
  channels: { code: string; n: number; days: DayCount[] }[];
  /** By day of receipt, oldest first. */
  days: DayCount[];
  /** Stored, and in none of these figures. */
  unreadable: number;
}

/** What is counted of an instrument, in numbers. As long as they are the same, so is everything that is counted. */
export interface CountMarker {
  instrument: string;
  /** How many are counted. */
  n: number;
  unreadable: number;
  /** Names the count from the beginning that they are of. */
  count: string;
}

/** The same text where they are the same. */
export const nameOf = (markers: readonly CountMarker[]): string =>
  JSON.stringify(
    markers.map(({ instrument, n, unreadable, count }) =>
      [instrument, n, unreadable, count].join(' '),
    ),
  );

export interface CountingEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
}

/**
 * The scores of so few kinds of people are judged in place, in some milliseconds: less than another thread takes to begin. Nobody is shown
 * old ones.
 */
export const FEW_COMBINATIONS = 300;

/** Of so many assessments the counts are remembered. */
const MOST_REMEMBERED = 100;

/** How long who asks waits for what was never counted. */
const PATIENCE_MS = 5_000;

/** A look adds so many slices of what came in a rush; what is beyond is told by the next look. */
const MOST_SLICES = 50;

const sumOf = (days: readonly DayCount[]) => days.reduce((sum, { n }) => sum + n, 0);

const inOrder = (days: DayCount[]) => days.sort((a, b) => (a.day < b.day ? -1 : 1));

function sumByDay(days: readonly DayCount[]): DayCount[] {
  const byDay = new Map<string, number>();
  for (const { day, n } of days) byDay.set(day, (byDay.get(day) ?? 0) + n);
  return inOrder([...byDay].map(([day, n]) => ({ day, n })));
}

function peopleOf(
  instrument: Instrument,
  channels: readonly StoredChannel[],
  { tallies, days, unreadable }: Pick<StoredTallies, 'tallies' | 'days' | 'unreadable'>,
): InstrumentPeople {
  const byChannel = Map.groupBy(days, ({ channel }) => channel);
  return {
    instrument,
    tallies,
    channels: channels
      .filter((channel) => channel.instrument === instrument.id)
      .map(({ code }) => {
        const own = inOrder((byChannel.get(code) ?? []).map(({ day, n }) => ({ day, n })));
        return { code, n: sumOf(own), days: own };
      }),
    days: sumByDay(days),
    unreadable,
  };
}

/**
 * Counts an assessment's responses.
 *
 * @throws (all of it that gives a promise) CountingUnderway
 */
export interface Counter {
  instrumentsOf(assessment: Assessment): Instrument[];
  /** In the order of the instruments' ids, after everything that is stored was counted. */
  markers(assessment: Assessment): Promise<CountMarker[]>;
  /** One entry per instrument; the same list as long as nothing has changed. `channels`: all of the assessment's. */
  people(assessment: Assessment, channels: readonly StoredChannel[]): Promise<InstrumentPeople[]>;
  /** What was counted so far, one entry per instrument; null where it is of many kinds of people. */
  fewCounts(assessment: Assessment): Promise<InstrumentCounts[] | null>;
}

/** Remembers what was read last of each assessment, as long as its marker is the same. Who asks while it is read waits for that. */
function remembering<Value>() {
  const remembered = new Map<string, { marker: string; value: Promise<Value> }>();
  return async function recall(
    assessment: Assessment,
    marker: string,
    read: () => Promise<Value>,
  ): Promise<Value> {
    const known = remembered.get(assessment.id);
    if (known?.marker === marker) return known.value;
    const own = { marker, value: read() };
    remembered.delete(assessment.id);
    remembered.set(assessment.id, own);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    try {
      return await own.value;
    } catch (error) {
      // What could not be read now is read anew by whoever asks next.
      if (remembered.get(assessment.id) === own) remembered.delete(assessment.id);
      throw error;
    }
  };
}

/** Reads the tallies, after what came in since has been added to them. */
export function createCounter({
  storage,
  instruments,
  standing,
}: CountingEffects & { standing: Pick<ServerStanding, 'epoch'> }): Counter {
  const counting = createCounting(instruments);

  const instrumentsOf = (assessment: Assessment) =>
    assessment.instruments.map((id) => {
      const instrument = instruments.get(id);
      if (!instrument) throw new Error('an assessment without its instrument');
      return instrument;
    });

  /** Counts what was never counted, as long as that is soon done. */
  async function countFirst({ id, instruments: ids }: Assessment) {
    const until = performance.now() + PATIENCE_MS;
    for (const instrument of ids)
      while (!(await storage.recount(id, instrument, RECOUNT_SLICE, counting))) {
        if (performance.now() > until) throw new CountingUnderway();
        await setTimeout(1);
      }
  }

  async function foldWhatCame({ id }: Assessment) {
    for (let slices = 0; slices < MOST_SLICES; slices += 1)
      if ((await storage.foldResponses(FOLD_SLICE, counting, id)) < FOLD_SLICE) return;
  }

  async function markersOf(assessment: Assessment): Promise<CountMarker[]> {
    const read = async () => storage.readTallyMarkers([assessment.id], counting);
    let markers = await read();
    const isCounted = assessment.instruments.every((id) =>
      markers.some(({ instrument, state }) => instrument === id && state === 'counted'),
    );
    if (!isCounted) {
      await countFirst(assessment);
      markers = await read();
    }
    if (markers.some(({ isWaiting }) => isWaiting)) {
      await foldWhatCame(assessment);
      markers = await read();
    }
    if (markers.some(({ state }) => state !== 'counted')) throw new CountingUnderway();
    return markers
      .map(({ instrument, n, unreadable, count }) => ({ instrument, n, unreadable, count }))
      .sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
  }

  const people = remembering<InstrumentPeople[]>();

  async function readPeople(
    assessment: Assessment,
    channels: readonly StoredChannel[],
  ): Promise<InstrumentPeople[]> {
    const stored = await storage.readTallies(assessment.id, counting);
    const nobody = { tallies: [], days: [], unreadable: 0 };
    return withStored(instrumentsOf(assessment), stored, nobody).map(([instrument, own]) =>
      peopleOf(instrument, channels, own),
    );
  }

  return {
    instrumentsOf,
    markers: markersOf,
    async people(assessment, channels) {
      // Before the counts: those of a database that is put back meanwhile are not remembered as the new one's.
      const { epoch } = standing;
      const marker = nameOf(await markersOf(assessment));
      return people(
        assessment,
        [epoch, marker, ...channels.map(({ code }) => code)].join(' '),
        async () => readPeople(assessment, channels),
      );
    },
    async fewCounts(assessment) {
      const stored = await storage.readFewCounts(assessment.id, counting, FEW_COMBINATIONS);
      return stored && countsOf(instrumentsOf(assessment), stored);
    },
  };
}
