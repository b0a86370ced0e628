import { setTimeout } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { Counts } from '#core/scoring/counts.ts';
import type { FirstCounts, StoredTallies } from '../storage/counting.ts';
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
  /** Hears of an assessment that somebody looks at and of which nothing is counted. Left out: nobody does. */
  onUncounted?: (assessment: Assessment) => void;
}

/** What an assessment's figures are made of now. `first`: all of it, where it was counted for this look alone. */
interface Standing {
  markers: CountMarker[];
  first: FirstCounts[] | null;
}

/**
 * The scores of so few kinds of people are judged in place, in some milliseconds: less than another thread takes to begin. Nobody is shown
 * old ones.
 */
export const FEW_COMBINATIONS = 300;

/** So many responses that nobody has counted yet are counted for a look, in some milliseconds; the sums are made behind it. */
const MOST_AT_ONCE = 500;

/** Stands for the name of a count that was kept. */
const NOT_KEPT = '';

/** Of so many assessments the counts are remembered. */
const MOST_REMEMBERED = 100;

/** How long who asks waits for what was never counted. */
const PATIENCE_MS = 5_000;

/** A look adds so many slices of what came in a rush; what is beyond is told by the next look. */
const MOST_SLICES = 50;

const inOrderOfIds = (markers: CountMarker[]) =>
  markers.sort((a, b) => (a.instrument < b.instrument ? -1 : 1));

const peopleIn = ({ tallies }: Pick<StoredTallies, 'tallies'>) =>
  tallies.find(({ dimension }) => dimension === 'office')?.tally.n ?? 0;

/**
 * What is stored of all that was counted a moment ago.
 *
 * @throws CountingUnderway where some of it was forgotten since, to be counted anew
 */
function stillThere<Stored extends Pick<StoredTallies, 'instrument'>>(
  markers: readonly Pick<CountMarker, 'instrument'>[],
  stored: Stored[],
): Stored[] {
  const known = new Set(stored.map(({ instrument }) => instrument));
  if (markers.some(({ instrument }) => !known.has(instrument))) throw new CountingUnderway();
  return stored;
}

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
  standing(assessment: Assessment): Promise<Standing>;
  /** One entry per instrument; the same list as long as nothing has changed. `channels`: all of the assessment's. */
  people(assessment: Assessment, channels: readonly StoredChannel[]): Promise<InstrumentPeople[]>;
  /** What was counted so far, one entry per instrument; null where it is of many kinds of people and has to be read for that. */
  fewCounts(assessment: Assessment, standing: Standing): Promise<InstrumentCounts[] | null>;
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
export function createCounter(
  effects: CountingEffects & { standing: Pick<ServerStanding, 'epoch'> },
): Counter {
  const { storage, instruments } = effects;
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

  async function countForLook(assessment: Assessment): Promise<Standing | null> {
    const first = await storage.countFew(assessment.id, MOST_AT_ONCE, counting);
    if (!first) return null;
    effects.onUncounted?.(assessment);
    const markers = withStored(instrumentsOf(assessment), first, null).flatMap(([, own]) =>
      own
        ? {
            instrument: own.instrument,
            n: peopleIn(own),
            unreadable: own.unreadable,
            count: NOT_KEPT,
          }
        : [],
    );
    return { markers: inOrderOfIds(markers), first };
  }

  async function standingOf(assessment: Assessment): Promise<Standing> {
    const read = async () => storage.readTallyMarkers([assessment.id], counting);
    let markers = await read();
    const begun = markers.length === 0 ? await countForLook(assessment) : null;
    if (begun) return begun;
    const isCounted = assessment.instruments.every((id) =>
      markers.some(({ instrument, state }) => instrument === id && state === 'counted'),
    );
    if (!isCounted) {
      await countFirst(assessment);
      markers = await read();
    }
    if (markers.some(({ isWaiting }) => isWaiting)) {
      await foldWhatCame(assessment);
      markers = stillThere(markers, await read());
    }
    if (markers.some(({ state }) => state !== 'counted')) throw new CountingUnderway();
    const told = markers.map(({ instrument, n, unreadable, count }) => ({
      instrument,
      n,
      unreadable,
      count,
    }));
    return { markers: inOrderOfIds(told), first: null };
  }

  const people = remembering<InstrumentPeople[]>();

  const peopleOfAll = (
    assessment: Assessment,
    channels: readonly StoredChannel[],
    stored: readonly StoredTallies[],
  ) => {
    const nobody = { tallies: [], days: [], unreadable: 0 };
    return withStored(instrumentsOf(assessment), stored, nobody).map(([instrument, own]) =>
      peopleOf(instrument, channels, own),
    );
  };

  async function readPeople(
    assessment: Assessment,
    channels: readonly StoredChannel[],
    markers: readonly CountMarker[],
  ): Promise<InstrumentPeople[]> {
    const stored = await storage.readTallies(assessment.id, counting);
    return peopleOfAll(assessment, channels, stillThere(markers, stored));
  }

  return {
    instrumentsOf,
    standing: standingOf,
    async people(assessment, channels) {
      // Before the counts: those of a database that is put back meanwhile are not remembered as the new one's.
      const { epoch } = effects.standing;
      const { markers, first } = await standingOf(assessment);
      if (first) return peopleOfAll(assessment, channels, first);
      const marker = nameOf(markers);
      return people(
        assessment,
        [epoch, marker, ...channels.map(({ code }) => code)].join(' '),
        async () => readPeople(assessment, channels, markers),
      );
    },
    async fewCounts(assessment, { markers, first }) {
      if (first) return countsOf(instrumentsOf(assessment), first);
      const stored = await storage.readFewCounts(assessment.id, counting, FEW_COMBINATIONS);
      return stored && countsOf(instrumentsOf(assessment), stillThere(markers, stored));
    },
  };
}
