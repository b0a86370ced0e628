import { type Kysely, PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Counting, ResponseToCount, TallyState } from './counting.ts';
import { jsonKeys } from './json-rows.ts';
import type { Tables } from './tables.ts';
import { addCounted, type CountedResponses } from './tally-rows.ts';

export function countAll(
  responses: readonly ResponseToCount[],
  counting: Counting,
): CountedResponses {
  const begun = counting.begin();
  for (const response of responses) begun.add(response);
  return begun.counted();
}

/** What a build has counted that counts as this one does. As a condition on tally_states. */
const isOwn = ({ bases }: Pick<Counting, 'bases'>) =>
  sql`tally_states.instrument || ' ' || tally_states.basis in
    (select key from ${jsonKeys([...bases].map((own) => own.join(' ')))})`;

/** Any number that nobody else locks. */
const TALLY_LOCK = 2_568_002;

/**
 * One at a time adds to tallies, so that two processes do not wait for each other's rows one by one. SQLite has one writer at a
 * time; whoever reads first and is then overtaken by another program's change may not write any more, so the first is a change of
 * nothing.
 */
export async function lockTallies(transaction: Transaction<Tables>): Promise<void> {
  if (transaction.getExecutor().adapter instanceof PostgresAdapter)
    await sql`select pg_advisory_xact_lock(${TALLY_LOCK}::bigint)`.execute(transaction);
  else await sql`delete from unfolded where id is null`.execute(transaction);
}

export const RESPONSE_TO_COUNT = sql`responses.id, responses.channel, responses.day, responses.body,
  responses.display, channels.organization_id as organization,
  channels.assessment_id as assessment, channels.instrument`;

export type StateRow = Tables['tally_states'];

export const stateOf = (
  { basis, counted_to: countedTo }: StateRow,
  own: string | null,
): TallyState => {
  if (basis !== own) return 'foreign';
  return countedTo === null ? 'counted' : 'counting';
};

/**
 * A recount goes through the channels in the order of their codes and through each by id; the place it has come to is both. What lies
 * before it is counted, and whatever comes there now is folded; what lies behind it will be found.
 */
const isBefore = ({ channel, id }: ResponseToCount, countedTo: string | null) =>
  countedTo === null || `${channel} ${id}` <= countedTo;

export async function selectStates(
  database: Kysely<Tables>,
  assessments: readonly string[],
): Promise<StateRow[]> {
  if (assessments.length === 0) return [];
  return database
    .selectFrom('tally_states')
    .selectAll()
    .where('assessment_id', 'in', sql<string>`(select key from ${jsonKeys(assessments)})`)
    .execute();
}

/** Notes down that these are stored and in no tally yet, by id: what came together is not told apart from what did not. */
export async function markUnfolded(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<void> {
  await sql`insert into unfolded (id) select key from ${jsonKeys([...ids].sort())} where true
    on conflict do nothing`.execute(transaction);
}

export async function fold(
  transaction: Transaction<Tables>,
  limit: number,
  counting: Counting,
): Promise<number> {
  await lockTallies(transaction);
  // What another build counts is left to it, however much that is: it must not stand before what this one counts.
  const { rows: taken } = await sql<{ id: string }>`
    delete from unfolded where id in (
      select unfolded.id from unfolded
      left join responses on responses.id = unfolded.id
      left join channels on channels.code = responses.channel
      where not exists (
        select 1 from tally_states where tally_states.organization_id = channels.organization_id
          and tally_states.assessment_id = channels.assessment_id
          and tally_states.instrument = channels.instrument and not (${isOwn(counting)})
      ) limit ${limit}
    ) returning id`.execute(transaction);
  if (taken.length === 0) return 0;
  const { rows } = await sql<ResponseToCount>`
    select ${RESPONSE_TO_COUNT} from responses join channels on channels.code = responses.channel
    where responses.id in (select key from ${jsonKeys(taken.map(({ id }) => id))})`.execute(
    transaction,
  );
  const states = await selectStates(transaction, [...new Set(rows.map((row) => row.assessment))]);
  const byInstrument = new Map(
    states.map((state) => [`${state.assessment_id} ${state.instrument}`, state]),
  );
  const ready = rows.filter((row) => {
    const state = byInstrument.get(`${row.assessment} ${row.instrument}`);
    return state !== undefined && isBefore(row, state.counted_to);
  });
  await addCounted(transaction, countAll(ready, counting));
  return taken.length;
}
