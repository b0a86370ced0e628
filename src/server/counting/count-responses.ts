import { setTimeout } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { Counts } from '#core/scoring/counts.ts';
import { MOST_WAITING } from '../storage/counted-rows.ts';
import type { CountedSoFar, StoredCounts } from '../storage/counting.ts';
import { isStorageUnavailable } from '../storage/storage-error.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';
import { createCounting } from './counting.ts';
import { CountingUnderway } from './counting-underway.ts';
import { FOLD_SLICE, RECOUNT_SLICE } from './folder.ts';
import { countsOf, type InstrumentCounts } from './instrument-counts.ts';

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

/** What is stored of an instrument, in numbers. As long as they are the same, so is everything that is counted. */
export interface CountMarker {
  instrument: string;
  /** How many are stored, also those that nobody can read. */
  n: number;
  /** Names the count from the beginning that they are of; empty where nothing of it was kept. */
  count: string;
}

/** The same text where they are the same. */
export const nameOf = (markers: readonly CountMarker[]): string =>
  JSON.stringify(markers.map(({ instrument, n, count }) => [instrument, n, count].join(' ')));

export interface CountingEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
  /** Hears of an assessment that somebody looks at while responses wait for its tallies, with the instruments that have none. Left out: nobody does. */
  onWaiting?: (assessment: Assessment, uncounted: readonly string[]) => void;
}

/** What an assessment's figures are made of now. `soFar`: where it is read. `most`: so many wait at the most. */
interface Standing {
  markers: CountMarker[];
  soFar: readonly CountedSoFar[];
  most: number;
}

/**
 * The scores of so few kinds of people are judged in place, in some milliseconds: less than another thread takes to begin. Nobody is shown
 * old ones.
 */
export const FEW_COMBINATIONS = 300;

/** So many responses that are in no tally are counted for a look, in some milliseconds; the tallies are made behind it. */
const MOST_BESIDE = 500;

/** Of so many assessments the counts are remembered. */
const MOST_REMEMBERED = 100;

/** How long who asks waits for what was never counted. */
const PATIENCE_MS = 5_000;

/** Between two readings a look adds so many slices of what came in a rush. */
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
  { tallies, days, unreadable }: Pick<StoredCounts, 'tallies' | 'days' | 'unreadable'>,
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
 * @throws (all of it that gives a promise, but for glance()) CountingUnderway
 */
export interface Counter {
  instrumentsOf(assessment: Assessment): Instrument[];
  /**
   * Names what is counted or waits, by one statement that nobody is held up by: another text where that has changed. Where more waits than a
   * look counts, what came on top of that is not told before it is in the tallies.
   */
  glance(assessment: Assessment): Promise<string>;
  /** Of everything that is stored. */
  standing(assessment: Assessment): Promise<Standing>;
  /** One entry per instrument; the same list as long as nothing has changed. `channels`: all of the assessment's. */
  people(assessment: Assessment, channels: readonly StoredChannel[]): Promise<InstrumentPeople[]>;
  /** One entry per instrument; null where it is of many kinds of people and has to be read for that. */
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

/** Reads the tallies and, beside them, what came in since. */
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

  /** So much waits that it has to be added first. `until`: as long as somebody waits for that. */
  async function addWhatWaits({ id }: Assessment, soFar: readonly CountedSoFar[], until: number) {
    for (const { instrument } of soFar.filter(({ state }) => state !== 'counted'))
      while (performance.now() < until) {
        if (await storage.recount(id, instrument, RECOUNT_SLICE, counting)) break;
        await setTimeout(1);
      }
    for (let slices = 0; slices < MOST_SLICES; slices += 1) {
      if ((await storage.foldResponses(FOLD_SLICE, counting, id)) < FOLD_SLICE) return;
      // SQLite answers without a pause: those who send responses would wait for all of it.
      await setTimeout(1);
    }
  }

  /** Whoever makes tallies behind looks hears of what has none. */
  function tellWaiting(assessment: Assessment, soFar: readonly CountedSoFar[]): void {
    const uncounted = soFar.filter(({ state }) => state === 'uncounted');
    if (uncounted.length > 0 || soFar.some(({ waiting }) => waiting > 0))
      effects.onWaiting?.(
        assessment,
        uncounted.map(({ instrument }) => instrument),
      );
  }

  async function standingOf(assessment: Assessment): Promise<Standing> {
    let most = MOST_BESIDE;
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      const soFar = await storage.readSoFar(assessment.id, counting, most);
      if (soFar.some(({ state }) => state === 'foreign')) break;
      const waiting = soFar.reduce((sum, own) => sum + own.waiting, 0);
      if (waiting <= most && soFar.every(({ state }) => state !== 'counting')) {
        tellWaiting(assessment, soFar);
        const markers = soFar.map(({ instrument, stored, count }) => ({
          instrument,
          n: stored,
          count,
        }));
        return { markers, soFar, most };
      }
      try {
        await addWhatWaits(assessment, soFar, until);
      } catch (error) {
        // On a full disk nothing can be added: all that waits is counted for each look, however long that takes.
        if (most === MOST_WAITING || !isStorageUnavailable(error)) throw error;
        most = MOST_WAITING;
      }
    }
    throw new CountingUnderway();
  }

  /** What all of it was counted for, as of one moment. It is looked for again where a count anew began or ended meanwhile. */
  async function readCounts(
    assessment: Assessment,
    standing: Standing,
    kinds: number,
  ): Promise<StoredCounts[]> {
    let { soFar, most } = standing;
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      const limits = { most, kinds };
      const counts = await storage.readCounts(assessment.id, soFar, counting, limits);
      if (counts) return counts;
      ({ soFar, most } = await standingOf(assessment));
    }
    throw new CountingUnderway();
  }

  const people = remembering<InstrumentPeople[]>();

  async function readPeople(
    assessment: Assessment,
    channels: readonly StoredChannel[],
    standing: Standing,
  ): Promise<InstrumentPeople[]> {
    const stored = await readCounts(assessment, standing, 0);
    const nobody = { tallies: [], days: [], unreadable: 0 };
    return instrumentsOf(assessment).map((instrument) =>
      peopleOf(
        instrument,
        channels,
        stored.find((one) => one.instrument === instrument.id) ?? nobody,
      ),
    );
  }

  return {
    instrumentsOf,
    async glance(assessment) {
      const soFar = await storage.readSoFar(assessment.id, counting, MOST_BESIDE);
      tellWaiting(assessment, soFar);
      return JSON.stringify(
        soFar.map(({ instrument, state, count, stored }) =>
          // Nothing is shown of what is being counted anew until that is done.
          state === 'counted' || state === 'uncounted'
            ? [instrument, stored, count]
            : [instrument, state],
        ),
      );
    },
    standing: standingOf,
    async people(assessment, channels) {
      // Before the counts: those of a database that is put back meanwhile are not remembered as the new one's.
      const { epoch } = effects.standing;
      const standing = await standingOf(assessment);
      return people(
        assessment,
        [epoch, nameOf(standing.markers), ...channels.map(({ code }) => code)].join(' '),
        async () => readPeople(assessment, channels, standing),
      );
    },
    fewCounts: async (assessment, standing) =>
      countsOf(instrumentsOf(assessment), await readCounts(assessment, standing, FEW_COMBINATIONS)),
  };
}
