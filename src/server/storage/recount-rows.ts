import { sql, type Transaction } from 'kysely';
import type { Counting, StoredCounts, TallyCheck } from './counting.ts';
import {
  countAll,
  type FoundResponse,
  lockTallies,
  RESPONSE_TO_COUNT,
  type StateRow,
  stateOf,
} from './fold-rows.ts';
import { jsonKeys } from './json-rows.ts';
import { inPlace, KEPT_YEAR, type Place } from './places.ts';
import type { Tables } from './tables.ts';
import {
  addCounted,
  removeCounted,
  selectCombinations,
  selectTallies,
  type TalliedInstrument,
} from './tally-rows.ts';

/** An instrument of an assessment. `channels`: the codes, in their order; `state`: null where it was never counted. */
interface FoundInstrument {
  tallied: TalliedInstrument;
  place: Place;
  channels: string[];
  state: Pick<StateRow, 'basis' | 'counted_to' | 'unreadable'> | null;
}

/** Null where there are no channels. */
async function findInstrument(
  transaction: Transaction<Tables>,
  assessment: string,
  instrument: string,
): Promise<FoundInstrument | null> {
  const rows = await transaction
    .selectFrom('channels')
    .innerJoin('assessments', (join) =>
      join
        .onRef('assessments.organization_id', '=', 'channels.organization_id')
        .onRef('assessments.id', '=', 'channels.assessment_id'),
    )
    .leftJoin('tally_states', (join) =>
      join
        .onRef('tally_states.organization_id', '=', 'channels.organization_id')
        .onRef('tally_states.assessment_id', '=', 'channels.assessment_id')
        .onRef('tally_states.instrument', '=', 'channels.instrument'),
    )
    .select(['channels.code', 'assessments.organization_id', KEPT_YEAR.as('fiscal_year')])
    .select(['tally_states.basis', 'tally_states.counted_to', 'tally_states.unreadable'])
    .where('channels.assessment_id', '=', assessment)
    .where('channels.instrument', '=', instrument)
    .execute();
  const [first] = rows;
  if (!first) return null;
  const { organization_id, fiscal_year, basis, counted_to, unreadable } = first;
  return {
    tallied: { organization: organization_id, assessment, instrument },
    place: { organization_id, fiscal_year },
    channels: rows.map(({ code }) => code).sort(),
    state: basis === null || unreadable === null ? null : { basis, counted_to, unreadable },
  };
}

/** `count`: the name of a count that begins; one that goes on keeps its own. */
async function writeState(
  transaction: Transaction<Tables>,
  { organization, assessment, instrument }: TalliedInstrument,
  { basis, countedTo, count }: { basis: string; countedTo: string | null; count: string },
): Promise<void> {
  await transaction
    .insertInto('tally_states')
    .values({
      organization_id: organization,
      assessment_id: assessment,
      instrument,
      basis,
      counted_to: countedTo,
      unreadable: 0,
      count,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'assessment_id', 'instrument'])
        .doUpdateSet({ basis, counted_to: countedTo }),
    )
    .execute();
}

/** So many channels are looked through in one statement. */
const CHANNELS_AT_ONCE = 50;

type FoundId = Pick<FoundResponse, 'channel' | 'id'>;

/** The ids of the next responses of some channels, at most so many of each, in the order of a count. `after`: in the first channel. */
async function selectNextIds(
  transaction: Transaction<Tables>,
  { organization_id, fiscal_year }: Place,
  channels: readonly string[],
  after: string,
  limit: number,
): Promise<FoundId[]> {
  const ofEach = channels.map(
    (channel, place) => sql`
      select * from (
        select channel, id from responses
        where organization_id = ${organization_id} and fiscal_year = ${fiscal_year}
          and channel = ${channel} and id > ${place === 0 ? after : ''}
        order by id limit ${limit}
      ) as next`,
  );
  const { rows } = await sql<FoundId>`${sql.join(ofEach, sql` union all `)}`.execute(transaction);
  return rows
    .map((row) => ({ row, key: `${row.channel} ${row.id}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

/**
 * The next responses behind the place that was come to, through as many channels as it takes. `comeTo`: the place after them; null where none
 * is left.
 */
async function selectNext(
  transaction: Transaction<Tables>,
  { place, channels }: FoundInstrument,
  countedTo: string,
  limit: number,
): Promise<{ rows: FoundResponse[]; comeTo: string | null }> {
  const [at = '', after = ''] = countedTo.split(' ');
  const left = channels.filter((code) => code >= at);
  const ids: FoundId[] = [];
  while (left.length > 0 && ids.length < limit) {
    // The one that it has come into the middle of is often enough.
    const isBegun = left[0] === at;
    const some = left.splice(0, isBegun ? 1 : CHANNELS_AT_ONCE);
    ids.push(...(await selectNextIds(transaction, place, some, isBegun ? after : '', limit)));
  }
  const taken = ids.slice(0, limit);
  const last = taken.at(-1);
  if (!last) return { rows: [], comeTo: null };
  const { rows } = await sql<FoundResponse>`
    select ${RESPONSE_TO_COUNT} from responses join channels on channels.code = responses.channel
    where responses.organization_id = ${place.organization_id}
      and responses.fiscal_year = ${place.fiscal_year}
      and responses.id in (select key from ${jsonKeys(taken.map(({ id }) => id))})`.execute(
    transaction,
  );
  return { rows, comeTo: ids.length < limit ? null : `${last.channel} ${last.id}` };
}

/** Whether none is left. `newId` names a count that begins. @see TallyStorage.recount */
export async function recountSome(
  transaction: Transaction<Tables>,
  assessment: string,
  instrument: string,
  limit: number,
  counting: Counting,
  newId: () => string,
): Promise<boolean> {
  await lockTallies(transaction);
  const found = await findInstrument(transaction, assessment, instrument);
  const basis = counting.basisOf(instrument);
  if (!found || basis === null) return true;
  const { tallied, state } = found;
  if (state && (state.basis !== basis || state.counted_to === null)) return true;
  const { rows, comeTo } = await selectNext(transaction, found, state?.counted_to ?? '', limit);
  // What comes from here on is folded, if it is before that place.
  await writeState(transaction, tallied, { basis, countedTo: comeTo, count: newId() });
  if (rows.length > 0) {
    await sql`delete from unfolded where ${inPlace(found.place)}
      and id in (select key from ${jsonKeys(rows.map(({ id }) => id))})`.execute(transaction);
    await addCounted(transaction, countAll(rows, counting));
  }
  return comeTo === null;
}

/** The same whatever the order of rows. */
const inOrder = (rows: readonly object[]) =>
  JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());

const comparable = ({
  tallies,
  combinations,
  days,
  unreadable,
}: Pick<StoredCounts, 'tallies' | 'days' | 'unreadable'> & {
  combinations: Awaited<ReturnType<typeof selectCombinations>>;
}) => [
  unreadable,
  inOrder(
    tallies.map(({ dimension, value, tally: { n, items } }) => ({ dimension, value, n, items })),
  ),
  inOrder(combinations.map(({ combination, n }) => ({ combination, n }))),
  inOrder(days.map(({ channel, day, n }) => ({ channel, day, n }))),
];

const CHECK_PAGE = 2_000;

/**
 * Reads all in one transaction, so that what comes meanwhile is neither counted nor in the tallies it is compared with.
 *
 * @see TallyStorage.checkTallies
 */
export async function check(
  transaction: Transaction<Tables>,
  assessment: string,
  instrument: string,
  counting: Counting,
  tell: (counted: number) => void,
): Promise<TallyCheck> {
  const found = await findInstrument(transaction, assessment, instrument);
  // Without channels there is nothing to count.
  if (!found) return 'right';
  const { state } = found;
  if (!state || stateOf(state, counting.basisOf(instrument)) !== 'counted') return 'uncounted';
  const unfolded = await transaction
    .selectFrom('unfolded')
    .select('id')
    .where(inPlace(found.place))
    .execute();
  const pending = new Set(unfolded.map(({ id }) => id));
  const begun = counting.begin();
  let place: string | null = '';
  let read = 0;
  while (place !== null) {
    const { rows, comeTo } = await selectNext(transaction, found, place, CHECK_PAGE);
    for (const row of rows) if (!pending.has(row.id)) begun.add(row);
    read += rows.length;
    if (rows.length > 0) tell(read);
    place = comeTo;
  }
  const all = begun.counted();
  const [own] = all.instruments;
  const expected = {
    tallies: [...(own?.tallies ?? [])],
    combinations: [...(own?.combinations ?? [])],
    days: [...all.days],
    unreadable: own?.unreadable ?? 0,
  };
  const stored = {
    ...(await selectTallies(transaction, found.tallied)),
    combinations: await selectCombinations(transaction, found.tallied),
    unreadable: state.unreadable,
  };
  return comparable(stored).join() === comparable(expected).join() ? 'right' : 'wrong';
}

/** @see TallyStorage.forgetTallies */
export async function forget(
  transaction: Transaction<Tables>,
  assessment: string,
  instrument: string,
): Promise<void> {
  await lockTallies(transaction);
  const found = await findInstrument(transaction, assessment, instrument);
  if (!found) return;
  await transaction
    .deleteFrom('tally_states')
    .where('assessment_id', '=', assessment)
    .where('instrument', '=', instrument)
    .execute();
  await removeCounted(transaction, found.tallied);
}
