import { PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Counting, ResponseToCount, TallyState } from './counting.ts';
import { jsonKeys, jsonRows } from './json-rows.ts';
import { byKey, KEPT_YEAR, type Placed } from './places.ts';
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

/** A stored response that is to be counted, with where it lies. */
export type FoundResponse = Placed<ResponseToCount>;

const RESPONSE_WITHOUT_BODY = sql`responses.organization_id, responses.fiscal_year, responses.id, responses.channel, responses.day,
  responses.display, channels.organization_id as organization,
  channels.assessment_id as assessment, channels.instrument`;

export const RESPONSE_TO_COUNT = sql`${RESPONSE_WITHOUT_BODY}, responses.body`;

export type StateRow = Tables['tally_states'];

export const stateOf = (
  { basis, counted_to: countedTo }: Pick<StateRow, 'basis' | 'counted_to'>,
  own: string | null,
): TallyState => {
  if (basis !== own) return 'foreign';
  return countedTo === null ? 'counted' : 'counting';
};

/**
 * A recount goes through the channels in the order of their codes and through each by id; the place it has come to is both. What lies
 * before it is counted, and whatever comes there now is folded; what lies behind it will be found.
 */
const isBefore = (
  { channel, id }: Pick<ResponseToCount, 'channel' | 'id'>,
  countedTo: string | null,
) => countedTo === null || `${channel} ${id}` <= countedTo;

const keysOf = (rows: readonly Tables['unfolded'][]) =>
  jsonRows(
    rows.map(({ organization_id, fiscal_year, id }) => ({ organization_id, fiscal_year, id })),
  );

/** Notes down that these are stored and in no tally yet, by key: what came together is not told apart from what did not. */
export async function markUnfolded(
  transaction: Transaction<Tables>,
  rows: readonly Tables['unfolded'][],
): Promise<void> {
  await sql`insert into unfolded (organization_id, fiscal_year, id)
    select row.value->>'organization_id', cast(row.value->>'fiscal_year' as integer), row.value->>'id'
    from ${keysOf(rows.toSorted(byKey))} as row where true
    on conflict do nothing`.execute(transaction);
}

/**
 * At the end of a condition: it is looked up by key for each row. PostgreSQL would else read all responses to compare them with a few
 * arrivals, as it does not know how few those are.
 */
export const ONE_BY_ONE = sql`limit 1 offset 0`;

/** That a response that is in no tally lies where those of the assessment do. */
const ofPlaceOf = (assessment: string) => sql<boolean>`
  unfolded.organization_id = (select organization_id from assessments where id = ${assessment})
  and unfolded.fiscal_year = (select ${KEPT_YEAR} from assessments where id = ${assessment})`;

/** `body`: null where its instrument was never counted. */
type MaybeCounted = Omit<FoundResponse, 'body'> &
  Pick<StateRow, 'counted_to'> & { body: string | null };

/** `assessment`: with others of its organization and year; left out: all. */
export async function fold(
  transaction: Transaction<Tables>,
  limit: number,
  counting: Counting,
  assessment?: string,
): Promise<number> {
  await lockTallies(transaction);
  // What another build counts is left to it, however much that is: it must not stand before what this one counts.
  const { rows: taken } = await sql<Tables['unfolded']>`
    delete from unfolded where (organization_id, fiscal_year, id) in (
      select organization_id, fiscal_year, id from unfolded
      where ${assessment === undefined ? sql`true` : ofPlaceOf(assessment)} and not exists (
        select 1 from responses join channels on channels.code = responses.channel
        join tally_states on tally_states.organization_id = channels.organization_id
          and tally_states.assessment_id = channels.assessment_id
          and tally_states.instrument = channels.instrument
        where responses.organization_id = unfolded.organization_id
          and responses.fiscal_year = unfolded.fiscal_year and responses.id = unfolded.id
          and not (${isOwn(counting)}) ${ONE_BY_ONE}
      ) limit ${limit}
    ) returning organization_id, fiscal_year, id`.execute(transaction);
  if (taken.length === 0) return 0;
  // In a country's rush most is of offices that nobody has counted: nothing of it is handed over. An outer join, so that PostgreSQL
  // cannot begin with what is counted, and read all responses of that.
  const { rows } = await sql<MaybeCounted>`
    select ${RESPONSE_WITHOUT_BODY}, tally_states.counted_to,
      case when tally_states.basis is not null then responses.body end as body
    from ${keysOf(taken)} as taken
    join responses on responses.organization_id = taken.value->>'organization_id'
      and responses.fiscal_year = cast(taken.value->>'fiscal_year' as integer)
      and responses.id = taken.value->>'id'
    join channels on channels.code = responses.channel
    left join tally_states on tally_states.organization_id = channels.organization_id
      and tally_states.assessment_id = channels.assessment_id
      and tally_states.instrument = channels.instrument`.execute(transaction);
  const ready = rows.flatMap(({ body, ...row }) =>
    body !== null && isBefore(row, row.counted_to) ? [{ ...row, body }] : [],
  );
  await addCounted(transaction, countAll(ready, counting));
  return taken.length;
}
