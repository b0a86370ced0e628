import { type Kysely, sql, type Transaction } from 'kysely';
import { selectStoredCounts } from './counted-rows.ts';
import type { Counting, TallyStorage } from './counting.ts';
import { fold, type StateRow, stateOf } from './fold-rows.ts';
import { jsonKeys } from './json-rows.ts';
import { check, forget, recountSome } from './recount-rows.ts';
import { KEPT_YEAR, type Place } from './places.ts';
import { selectPlaceOf, selectSoFar } from './so-far-rows.ts';
import type { Tables } from './tables.ts';

async function selectMarkers(
  database: Kysely<Tables>,
  assessments: readonly string[],
  { basisOf }: Pick<Counting, 'basisOf'>,
) {
  const { rows } = await sql<StateRow & { n: number | null }>`
    select tally_states.*, tallies.n
    from tally_states
    left join tallies on tallies.organization_id = tally_states.organization_id
      and tallies.assessment_id = tally_states.assessment_id
      and tallies.instrument = tally_states.instrument
      and tallies.dimension = 'office' and tallies.value = ''
    where tally_states.assessment_id in (select key from ${jsonKeys(assessments)})`.execute(
    database,
  );
  return rows.map((row) => ({
    assessment: row.assessment_id,
    instrument: row.instrument,
    state: stateOf(row, basisOf(row.instrument)),
    n: row.n ?? 0,
  }));
}

/** That rows of the table lie where the assessment does. */
const ofPlace = (table: string) => {
  const [organization, year] = [`${table}.organization_id`, `${table}.fiscal_year`];
  return sql`${sql.ref(organization)} = assessments.organization_id
    and ${sql.ref(year)} = ${KEPT_YEAR}`;
};

/** In one statement, so of one moment: whoever folds meanwhile makes no difference. */
async function selectMissed(database: Kysely<Tables>, { basisOf }: Pick<Counting, 'basisOf'>) {
  const ofState = sql`channels.organization_id = tally_states.organization_id
    and channels.assessment_id = tally_states.assessment_id
    and channels.instrument = tally_states.instrument`;
  const { rows } = await sql<StateRow>`
    select tally_states.* from tally_states
    join assessments on assessments.organization_id = tally_states.organization_id
      and assessments.id = tally_states.assessment_id
    where counted_to is null and (
      select count(*) from channels
      join responses on ${ofPlace('responses')} and responses.channel = channels.code
      where ${ofState}
    ) > (
      select coalesce(sum(day_counts.n), 0) from day_counts
      join channels on channels.code = day_counts.channel
      where day_counts.organization_id = tally_states.organization_id
        and day_counts.assessment_id = tally_states.assessment_id and ${ofState}
    ) + (
      select count(*) from unfolded
      join responses on ${ofPlace('responses')} and responses.id = unfolded.id
      join channels on channels.code = responses.channel
      where ${ofPlace('unfolded')} and ${ofState}
    ) + tally_states.unreadable`.execute(database);
  return rows
    .filter(({ instrument, basis }) => basis === basisOf(instrument))
    .map(({ assessment_id: assessment, instrument }) => ({ assessment, instrument }));
}

const asOfOneMoment = <Read>(
  database: Kysely<Tables>,
  read: (transaction: Transaction<Tables>) => Promise<Read>,
): Promise<Read> => database.transaction().setIsolationLevel('repeatable read').execute(read);

/** Finds where the responses of an assessment lie, and remembers it: that never changes. */
function rememberPlaces(database: Kysely<Tables>) {
  const known = new Map<string, Place>();
  return async function findPlaceOf(assessment: string): Promise<Place | null> {
    const remembered = known.get(assessment);
    if (remembered) return remembered;
    const found = await selectPlaceOf(database, assessment);
    if (found) known.set(assessment, found);
    return found;
  };
}

export function createTallyStorage(database: Kysely<Tables>, newId: () => string): TallyStorage {
  const findPlaceOf = rememberPlaces(database);
  return {
    foldResponses: async (limit, counting, assessment) => {
      if (assessment === undefined) {
        // Most looks find nothing, and need no transaction for it.
        const pending = await database.selectFrom('unfolded').select('id').limit(1).execute();
        if (pending.length === 0) return 0;
      }
      return database
        .transaction()
        .execute((transaction) => fold(transaction, limit, counting, assessment));
    },
    recount: (assessment, instrument, limit, counting) =>
      database
        .transaction()
        .execute((transaction) =>
          recountSome(transaction, assessment, instrument, limit, counting, newId),
        ),
    checkTallies: (assessment, instrument, counting, tell = () => undefined) =>
      asOfOneMoment(database, (transaction) =>
        check(transaction, assessment, instrument, counting, tell),
      ),
    findMissed: (counting) => selectMissed(database, counting),
    forgetTallies: (assessment, instrument) =>
      database.transaction().execute((transaction) => forget(transaction, assessment, instrument)),
    readTallyMarkers: (assessments, counting) => selectMarkers(database, assessments, counting),
    async countUnreadable() {
      const { n } = await database
        .selectFrom('tally_states')
        .select((row) => row.fn.coalesce(row.fn.sum('unreadable'), row.lit(0)).as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
    async readSoFar(assessment, counting, most) {
      const place = await findPlaceOf(assessment);
      return place ? selectSoFar(database, assessment, place, counting, most) : [];
    },
    readCounts: (assessment, soFar, counting, limits) =>
      selectStoredCounts(database, assessment, soFar, counting, limits),
  };
}
