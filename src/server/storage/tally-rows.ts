import { type Kysely, sql, type Transaction } from 'kysely';
import * as z from 'zod/mini';
import type { TallyName } from '#core/scoring/counts.ts';
import { sumOfTallies, type Tally } from '#core/scoring/tally.ts';
import { jsonRows } from './json-rows.ts';
import type { Tables } from './tables.ts';

/** What is counted of one instrument of an assessment. */
export interface TalliedInstrument {
  organization: string;
  assessment: string;
  instrument: string;
}

export type NamedTally = TallyName & { tally: Tally };

/** How many responses of a channel came on a day. */
export interface DayCount {
  channel: string;
  day: string;
  n: number;
}

/** Responses counted, in the shape they are stored in. */
export interface CountedResponses {
  instruments: readonly (TalliedInstrument & {
    tallies: readonly NamedTally[];
    /** How many people there are of each combination. */
    combinations: readonly { combination: string; n: number }[];
    /** How many could not be read, and are in none of the others. */
    unreadable: number;
  })[];
  /** By day of receipt. */
  days: readonly (Pick<TalliedInstrument, 'organization' | 'assessment'> & DayCount)[];
}

const itemsSchema = z.record(z.string(), z.array(z.int()));

export const tallyOf = ({ n, items }: Pick<Tables['tallies'], 'n' | 'items'>): Tally => ({
  n,
  items: itemsSchema.parse(JSON.parse(items)),
});

const keyOf = (row: Omit<Tables['tallies'], 'n' | 'items'>) =>
  `${row.organization_id} ${row.assessment_id} ${row.instrument} ${row.dimension} ${row.value}`;

const inKeyOrder = <Row extends Omit<Tables['tallies'], 'n' | 'items'>>(rows: readonly Row[]) =>
  rows.map((row) => ({ row, key: keyOf(row) })).sort((a, b) => (a.key < b.key ? -1 : 1));

async function addTallies(
  transaction: Transaction<Tables>,
  instruments: CountedResponses['instruments'],
): Promise<void> {
  const added = inKeyOrder(
    instruments.flatMap(({ organization, assessment, instrument, tallies }) =>
      tallies.map(({ dimension, value, tally }) => ({
        organization_id: organization,
        assessment_id: assessment,
        instrument,
        dimension,
        value,
        tally,
      })),
    ),
  );
  const keys = added.map(({ row: { tally: _tally, ...key } }) => key);
  const { rows } = await sql<Tables['tallies']>`
    select tallies.* from ${jsonRows(keys)} as wanted
    join tallies on tallies.organization_id = wanted.value->>'organization_id'
      and tallies.assessment_id = wanted.value->>'assessment_id'
      and tallies.instrument = wanted.value->>'instrument'
      and tallies.dimension = wanted.value->>'dimension'
      and tallies.value = wanted.value->>'value'`.execute(transaction);
  const known = new Map(rows.map((row) => [keyOf(row), tallyOf(row)]));
  const sums = added.map(({ row: { tally, ...row }, key }) => {
    const before = known.get(key);
    const { n, items } = before ? sumOfTallies(before, tally) : tally;
    return { ...row, n, items: JSON.stringify(items) };
  });
  await sql`
    insert into tallies (organization_id, assessment_id, instrument, dimension, value, n, items)
    select row.value->>'organization_id', row.value->>'assessment_id', row.value->>'instrument',
      row.value->>'dimension', row.value->>'value', cast(row.value->>'n' as integer),
      row.value->>'items'
    from ${jsonRows(sums)} as row where true
    on conflict (organization_id, assessment_id, instrument, dimension, value)
    do update set n = excluded.n, items = excluded.items`.execute(transaction);
}

async function addCombinations(
  transaction: Transaction<Tables>,
  instruments: CountedResponses['instruments'],
): Promise<void> {
  const rows = instruments
    .flatMap(({ organization, assessment, instrument, combinations }) =>
      combinations.map(({ combination, n }) => ({
        row: { organization, assessment, instrument, combination, n },
        key: `${organization} ${assessment} ${instrument} ${combination}`,
      })),
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
  await sql`
    insert into combinations (organization_id, assessment_id, instrument, combination, n)
    select row.value->>'organization', row.value->>'assessment', row.value->>'instrument',
      row.value->>'combination', cast(row.value->>'n' as integer)
    from ${jsonRows(rows)} as row where true
    on conflict (organization_id, assessment_id, instrument, combination)
    do update set n = combinations.n + excluded.n`.execute(transaction);
}

const ofAssessment = ({ organization, assessment }: TalliedInstrument) =>
  sql<boolean>`organization_id = ${organization} and assessment_id = ${assessment}`;

const ofInstrument = ({ organization, assessment, instrument }: TalliedInstrument) =>
  sql<boolean>`organization_id = ${organization} and assessment_id = ${assessment}
    and instrument = ${instrument}`;

/** Adds what was counted to what is stored. Whoever calls holds the lock of the tallies. */
export async function addCounted(
  transaction: Transaction<Tables>,
  { instruments, days }: CountedResponses,
): Promise<void> {
  if (instruments.length === 0) return;
  await addTallies(transaction, instruments);
  await addCombinations(transaction, instruments);
  const keyed = ({ organization, assessment, channel, day }: (typeof days)[number]) =>
    `${organization} ${assessment} ${channel} ${day}`;
  const rows = days.toSorted((a, b) => (keyed(a) < keyed(b) ? -1 : 1));
  await sql`
    insert into day_counts (organization_id, assessment_id, channel, day, n)
    select row.value->>'organization', row.value->>'assessment', row.value->>'channel',
      row.value->>'day', cast(row.value->>'n' as integer)
    from ${jsonRows(rows)} as row where true
    on conflict (organization_id, assessment_id, channel, day)
    do update set n = day_counts.n + excluded.n`.execute(transaction);
  for (const { unreadable, ...instrument } of instruments)
    if (unreadable > 0)
      await transaction
        .updateTable('tally_states')
        .set((row) => ({ unreadable: row('unreadable', '+', unreadable) }))
        .where(ofInstrument(instrument))
        .execute();
}

/** Forgets what was counted of one instrument of an assessment. */
export async function removeCounted(
  transaction: Transaction<Tables>,
  instrument: TalliedInstrument,
): Promise<void> {
  for (const table of ['tallies', 'combinations'] as const)
    await transaction.deleteFrom(table).where(ofInstrument(instrument)).execute();
  const codes = transaction.selectFrom('channels').select('code').where(ofInstrument(instrument));
  await transaction
    .deleteFrom('day_counts')
    .where(ofAssessment(instrument))
    .where('channel', 'in', codes)
    .execute();
}

/** Combinations as text, which is many times cheaper to read and to hand on than a row for each. */
export interface PackedCombinations {
  /** How many lines. */
  kinds: number;
  /** Of each, in some order, a line or two with how many people there are, a space, and its text; several lines each. */
  texts: readonly string[];
}

/** So many combinations are read at once: some milliseconds. */
const PACKED_AT_ONCE = 2_000;

/** The same as selectCombinations, in slices: a statement over all of them would take its time and memory at once. */
export async function selectPackedCombinations(
  transaction: Kysely<Tables>,
  instrument: TalliedInstrument,
): Promise<PackedCombinations> {
  const texts: string[] = [];
  let kinds = 0;
  let last = '';
  for (;;) {
    const { rows } = await sql<{ kinds: number; last: string | null; lines: string | null }>`
      select cast(count(*) as integer) as kinds, max(combination) as last,
        string_agg(cast(n as text) || ' ' || combination, cast(${'\n'} as text)) as lines
      from (
        select combination, n from combinations
        where ${ofInstrument(instrument)} and combination > ${last}
        order by combination limit ${PACKED_AT_ONCE}
      ) as slice`.execute(transaction);
    const [slice] = rows;
    if (!slice || slice.last === null || slice.lines === null) break;
    texts.push(slice.lines);
    kinds += slice.kinds;
    last = slice.last;
    if (slice.kinds < PACKED_AT_ONCE) break;
  }
  return { kinds, texts };
}

/** How many people there are of each combination, in no particular order. */
export const selectCombinations = (
  transaction: Kysely<Tables>,
  instrument: TalliedInstrument,
): Promise<{ combination: string; n: number }[]> =>
  transaction
    .selectFrom('combinations')
    .select(['combination', 'n'])
    .where(ofInstrument(instrument))
    .execute();

/** All else that is counted of one instrument of an assessment, in no particular order. */
export async function selectTallies(
  transaction: Kysely<Tables>,
  instrument: TalliedInstrument,
): Promise<{
  tallies: NamedTally[];
  days: DayCount[];
}> {
  const tallies = await transaction
    .selectFrom('tallies')
    .select(['dimension', 'value', 'n', 'items'])
    .where(ofInstrument(instrument))
    .execute();
  const days = await transaction
    .selectFrom('day_counts')
    .select(['channel', 'day', 'n'])
    .where(ofAssessment(instrument))
    .where(
      'channel',
      'in',
      transaction.selectFrom('channels').select('code').where(ofInstrument(instrument)),
    )
    .execute();
  return {
    tallies: tallies.map(({ dimension, value, ...row }) => ({
      dimension,
      value,
      tally: tallyOf(row),
    })),
    days,
  };
}
