import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import { sumOfTallies } from '#core/scoring/tally.ts';
import type { CountedSoFar, Counting, StoredCounts } from './counting.ts';
import { stateOf } from './fold-rows.ts';
import { selectPlaceOf, selectSoFar } from './so-far-rows.ts';
import type { Tables } from './tables.ts';
import {
  type CountedResponses,
  type PackedCombinations,
  selectPackedCombinations,
  tallyOf,
} from './tally-rows.ts';
import { countWaitingRows, waitingRows } from './waiting-rows.ts';

/** What is counted of an assessment, or waits, whichever table it is of. `instrument`: null of what waits. */
interface CountedRow {
  part: 'state' | 'tally' | 'day' | 'combination' | 'waiting';
  instrument: string | null;
  name: string;
  detail: string | null;
  n: number;
  text: string | null;
  display: DisplayFlag | null;
}

interface Limits {
  /** So many responses that wait. */
  most: number;
  /** So many combinations. */
  kinds: number;
}

const states = (own: RawBuilder<boolean>) => sql`
  select 'state' as part, instrument, basis as name, counted_to as detail, unreadable as n,
    cast(null as text) as text, cast(null as text) as display
  from tally_states where ${own}`;

const tallies = (own: RawBuilder<boolean>) => sql`
  select 'tally', instrument, dimension, value, n, items, null from tallies where ${own}`;

const days = (own: RawBuilder<boolean>) => sql`
  select 'day', channels.instrument, counted.channel, counted.day, counted.n, null, null
  from (select * from day_counts where ${own}) as counted
  join channels on channels.code = counted.channel`;

const someCombinations = (own: RawBuilder<boolean>, kinds: number) => sql`
  select 'combination', instrument, combination, null, n, null, null
  from (select * from combinations where ${own} limit ${kinds}) as limited`;

/** Of one moment, as one statement is. */
async function select(
  database: Kysely<Tables>,
  assessment: string,
  soFar: readonly CountedSoFar[],
  { most, kinds }: Limits,
) {
  const [place] = soFar.map((instrument) => instrument.place);
  const own = sql<boolean>`organization_id = ${place?.organization_id ?? ''}
    and assessment_id = ${assessment}`;
  const parts = [
    states(own),
    tallies(own),
    days(own),
    ...(kinds > 0 ? [someCombinations(own, kinds + 1)] : []),
    ...waitingRows(soFar, most + 1).map(
      (rows) => sql`
        select 'waiting', null, channel, day, 0, body, display from (${rows}) as waiting`,
    ),
  ];
  const { rows } = await sql<CountedRow>`${sql.join(parts, sql` union all `)}`.execute(database);
  const byPart = Map.groupBy(rows, ({ part }) => part);
  return (part: CountedRow['part'], instrument?: string) => {
    const all = byPart.get(part) ?? [];
    return instrument === undefined ? all : all.filter((row) => row.instrument === instrument);
  };
}

type Rows = Awaited<ReturnType<typeof select>>;

/** Whether it is counted as far as it was: its tallies are whole, or there are none. */
function isAsFar(
  rows: Rows,
  { instrument, state }: CountedSoFar,
  { basisOf }: Pick<Counting, 'basisOf'>,
): boolean {
  const [row] = rows('state', instrument);
  if (!row) return state === 'uncounted';
  const now = stateOf({ basis: row.name, counted_to: row.detail }, basisOf(instrument));
  return state === 'counted' && now === 'counted';
}

/** Each once, by what names it. */
function merged<One>(
  all: readonly One[],
  nameOf: (one: One) => string,
  sum: (one: One, other: One) => One,
): One[] {
  const byName = new Map<string, One>();
  for (const one of all) {
    const known = byName.get(nameOf(one));
    byName.set(nameOf(one), known === undefined ? one : sum(known, one));
  }
  return [...byName.values()];
}

const summed = <One extends { n: number }>(one: One, { n }: One): One => ({ ...one, n: one.n + n });

type Combinations = CountedResponses['instruments'][number]['combinations'];

const packed = (rows: Combinations): PackedCombinations => ({
  kinds: rows.length,
  texts:
    rows.length === 0 ? [] : [rows.map(({ combination, n }) => `${n} ${combination}`).join('\n')],
});

/** The tallies of an instrument with what waits beside them, but for the combinations. */
function countsOf(rows: Rows, { instrument, channels }: CountedSoFar, waiting: CountedResponses) {
  const own = waiting.instruments.find((one) => one.instrument === instrument);
  const stored = rows('tally', instrument).map(({ name, detail, n, text }) => ({
    dimension: name,
    value: detail ?? '',
    tally: tallyOf({ n, items: text ?? '{}' }),
  }));
  const ofDays = [
    ...rows('day', instrument).map(({ name, detail, n }) => ({
      channel: name,
      day: detail ?? '',
      n,
    })),
    ...waiting.days
      .filter(({ channel }) => channels.includes(channel))
      .map(({ channel, day, n }) => ({ channel, day, n })),
  ];
  return {
    instrument,
    unreadable: (rows('state', instrument)[0]?.n ?? 0) + (own?.unreadable ?? 0),
    tallies: merged(
      [...stored, ...(own?.tallies ?? [])],
      ({ dimension, value }) => `${dimension} ${value}`,
      (one, { tally }) => ({ ...one, tally: sumOfTallies(one.tally, tally) }),
    ),
    days: merged(ofDays, ({ channel, day }) => `${channel} ${day}`, summed),
    waiting: own?.combinations ?? [],
  };
}

/** The tallies of instruments with what waits beside them; null where too much waits, or one is not counted as far as it was. */
async function selectWithWaiting(
  database: Kysely<Tables>,
  assessment: string,
  soFar: readonly CountedSoFar[],
  counting: Counting,
  limits: Limits,
) {
  const rows = await select(database, assessment, soFar, limits);
  const came = rows('waiting').map(({ name, detail, text, display }) => ({
    channel: name,
    day: detail ?? '',
    body: text ?? '',
    display,
  }));
  if (came.length > limits.most) return null;
  if (!soFar.every((own) => isAsFar(rows, own, counting))) return null;
  const waiting = countWaitingRows(came, assessment, soFar, counting);
  return { rows, counts: soFar.map((own) => countsOf(rows, own, waiting)) };
}

/** @see TallyStorage.readCounts */
export async function selectStoredCounts(
  database: Kysely<Tables>,
  assessment: string,
  soFar: readonly CountedSoFar[],
  counting: Counting,
  limits: Limits,
): Promise<StoredCounts[] | null> {
  const found = await selectWithWaiting(database, assessment, soFar, counting, limits);
  if (!found) return null;
  const { rows, counts } = found;
  const isFew = limits.kinds > 0 && rows('combination').length <= limits.kinds;
  const combinationsOf = (instrument: string, waiting: Combinations) => {
    const stored = rows('combination', instrument).map(({ name, n }) => ({ combination: name, n }));
    return packed(merged([...stored, ...waiting], ({ combination }) => combination, summed));
  };
  return counts.map(({ waiting, ...own }) => ({
    ...own,
    combinations: isFew ? combinationsOf(own.instrument, waiting) : null,
  }));
}

/** So many that wait are counted by who has time. */
export const MOST_WAITING = 10_000;

/**
 * All that scores are made of, however many combinations: seconds, in which a connection does nothing else. Of the instruments that are
 * known to who counts, as of one moment; null where not all of it is counted. A combination of people who wait has a line of its own beside that of the tallies.
 */
export const selectCounts = (database: Kysely<Tables>, assessment: string, counting: Counting) =>
  database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const place = await selectPlaceOf(transaction, assessment);
      if (!place) return [];
      const all = await selectSoFar(transaction, assessment, place, counting, MOST_WAITING);
      const soFar = all.filter(({ instrument }) => counting.bases.has(instrument));
      if (soFar.some(({ waiting }) => waiting > MOST_WAITING)) return null;
      const limits = { most: MOST_WAITING, kinds: 0 };
      const found = await selectWithWaiting(transaction, assessment, soFar, counting, limits);
      if (!found) return null;
      const counts: (StoredCounts & { combinations: PackedCombinations })[] = [];
      for (const { waiting, ...own } of found.counts) {
        const { instrument } = own;
        const named = { organization: place.organization_id, assessment, instrument };
        const stored = await selectPackedCombinations(transaction, named);
        const { kinds, texts } = packed(waiting);
        const combinations = { kinds: stored.kinds + kinds, texts: [...stored.texts, ...texts] };
        counts.push({ ...own, combinations });
      }
      return counts;
    });
