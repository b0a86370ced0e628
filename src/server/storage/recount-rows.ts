import { sql, type Transaction } from 'kysely';
import type { Counting, StoredTallies, TallyCheck } from './counting.ts';
import {
  countAll,
  type FoundResponse,
  lockTallies,
  RESPONSE_TO_COUNT,
  selectStates,
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

/** An instrument of an assessment. `channels`: the codes, in their order. */
interface FoundInstrument {
  tallied: TalliedInstrument;
  place: Place;
  channels: string[];
}

/** Null where there are no channels. */
async function findInstrument(
  transaction: Transaction<Tables>,
  assessment: string,
  instrument: string,
): Promise<FoundInstrument | null> {
  const channels = await transaction
    .selectFrom('channels')
    .innerJoin('assessments', (join) =>
      join
        .onRef('assessments.organization_id', '=', 'channels.organization_id')
        .onRef('assessments.id', '=', 'channels.assessment_id'),
    )
    .select(['channels.code', 'assessments.organization_id', KEPT_YEAR.as('fiscal_year')])
    .where('channels.assessment_id', '=', assessment)
    .where('channels.instrument', '=', instrument)
    .execute();
  const [first] = channels;
  if (!first) return null;
  const { organization_id, fiscal_year } = first;
  return {
    tallied: { organization: organization_id, assessment, instrument },
    place: { organization_id, fiscal_year },
    channels: channels.map(({ code }) => code).sort(),
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

/** The next responses behind the place that was come to, of the first channel that has any. */
async function selectNext(
  transaction: Transaction<Tables>,
  { place, channels }: FoundInstrument,
  countedTo: string,
  limit: number,
): Promise<FoundResponse[]> {
  const [at = '', after = ''] = countedTo.split(' ');
  for (const channel of channels.filter((code) => code >= at)) {
    const { rows } = await sql<FoundResponse>`
      select ${RESPONSE_TO_COUNT} from responses join channels on channels.code = responses.channel
      where responses.organization_id = ${place.organization_id}
        and responses.fiscal_year = ${place.fiscal_year}
        and responses.channel = ${channel} and responses.id > ${channel === at ? after : ''}
      order by responses.id limit ${limit}`.execute(transaction);
    if (rows.length > 0) return rows;
  }
  return [];
}

/** `newId` names a count that begins. */
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
  const { tallied } = found;
  const states = await selectStates(transaction, [assessment]);
  const state = states.find((one) => one.instrument === instrument);
  if (state && (state.basis !== basis || state.counted_to === null)) return true;
  const countedTo = state?.counted_to ?? '';
  const rows = await selectNext(transaction, found, countedTo, limit);
  const last = rows.at(-1);
  const comeTo = last ? `${last.channel} ${last.id}` : null;
  await writeState(transaction, tallied, { basis, countedTo: comeTo, count: newId() });
  if (rows.length > 0) {
    await sql`delete from unfolded where ${inPlace(found.place)}
      and id in (select key from ${jsonKeys(rows.map(({ id }) => id))})`.execute(transaction);
    await addCounted(transaction, countAll(rows, counting));
  }
  return last === undefined;
}

/** The same whatever the order of rows. */
const inOrder = (rows: readonly object[]) =>
  JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());

const comparable = ({
  tallies,
  combinations,
  days,
  unreadable,
}: Omit<StoredTallies, 'instrument' | 'state'> & {
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

/** Reads all in one transaction, so that what comes meanwhile is neither counted nor in the tallies it is compared with. */
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
  const states = await selectStates(transaction, [assessment]);
  const state = states.find((one) => one.instrument === instrument);
  if (!state || stateOf(state, counting.basisOf(instrument)) !== 'counted') return 'uncounted';
  const unfolded = await transaction
    .selectFrom('unfolded')
    .select('id')
    .where(inPlace(found.place))
    .execute();
  const pending = new Set(unfolded.map(({ id }) => id));
  const begun = counting.begin();
  let place = '';
  let read = 0;
  for (;;) {
    const rows = await selectNext(transaction, found, place, CHECK_PAGE);
    for (const row of rows) if (!pending.has(row.id)) begun.add(row);
    const last = rows.at(-1);
    if (!last) break;
    place = `${last.channel} ${last.id}`;
    read += rows.length;
    tell(read);
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
