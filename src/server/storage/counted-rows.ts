import { type Kysely, sql } from 'kysely';
import type { Counting, StoredCounts, StoredTallies } from './counting.ts';
import { stateOf } from './fold-rows.ts';
import type { Tables } from './tables.ts';
import { selectPackedCombinations, tallyOf } from './tally-rows.ts';

/** What is counted of an assessment, whichever table it is of. */
interface CountedRow {
  part: 'state' | 'tally' | 'day' | 'combination';
  organization: string;
  instrument: string;
  name: string;
  detail: string | null;
  n: number;
  items: string | null;
}

const ofAssessment = (assessment: string) => sql`assessment_id = ${assessment}
  and organization_id = (select organization_id from assessments where id = ${assessment})`;

const states = (assessment: string) => sql`
  select 'state' as part, organization_id as organization, instrument, basis as name,
    counted_to as detail, unreadable as n, cast(null as text) as items
  from tally_states where ${ofAssessment(assessment)}`;

const tallies = (assessment: string) => sql`
  select 'tally', organization_id, instrument, dimension, value, n, items
  from tallies where ${ofAssessment(assessment)}`;

const days = (assessment: string) => sql`
  select 'day', counted.organization_id, channels.instrument, counted.channel, counted.day,
    counted.n, null
  from (select * from day_counts where ${ofAssessment(assessment)}) as counted
  join channels on channels.code = counted.channel`;

const someCombinations = (assessment: string, most: number) => sql`
  select 'combination', organization_id, instrument, combination, null, n, null
  from (select * from combinations where ${ofAssessment(assessment)} limit ${most}) as limited`;

/** Of one moment, as one statement is. */
async function select(
  database: Kysely<Tables>,
  parts: readonly ReturnType<typeof sql>[],
): Promise<CountedRow[]> {
  const { rows } = await sql<CountedRow>`${sql.join(parts, sql` union all `)}`.execute(database);
  return rows;
}

/** What is counted of each instrument, with the organization that it is of. */
function countedIn(rows: readonly CountedRow[], { basisOf }: Pick<Counting, 'basisOf'>) {
  const byInstrument = Map.groupBy(rows, ({ instrument }) => instrument);
  const of = (instrument: string, part: CountedRow['part']) =>
    (byInstrument.get(instrument) ?? []).filter((row) => row.part === part);
  return rows
    .filter(({ part }) => part === 'state')
    .map(({ organization, instrument, name: basis, detail: counted_to, n: unreadable }) => ({
      organization,
      instrument,
      state: stateOf({ basis, counted_to }, basisOf(instrument)),
      unreadable,
      tallies: of(instrument, 'tally').map(({ name, detail, n, items }) => ({
        dimension: name,
        value: detail ?? '',
        tally: tallyOf({ n, items: items ?? '{}' }),
      })),
      days: of(instrument, 'day').map(({ name, detail, n }) => ({
        channel: name,
        day: detail ?? '',
        n,
      })),
      combinations: of(instrument, 'combination').map(({ name, n }) => `${n} ${name}`),
    }));
}

/** @see TallyStorage.readTallies */
export async function selectTallied(
  database: Kysely<Tables>,
  assessment: string,
  counting: Pick<Counting, 'basisOf'>,
): Promise<StoredTallies[]> {
  const rows = await select(database, [states(assessment), tallies(assessment), days(assessment)]);
  return countedIn(rows, counting).map(
    ({ instrument, state, unreadable, tallies: own, days: ofDays }) => ({
      instrument,
      state,
      unreadable,
      tallies: own,
      days: ofDays,
    }),
  );
}

/** @see TallyStorage.readFewCounts */
export async function selectFewCounts(
  database: Kysely<Tables>,
  assessment: string,
  counting: Pick<Counting, 'basisOf'>,
  most: number,
): Promise<StoredCounts[] | null> {
  const rows = await select(database, [
    states(assessment),
    tallies(assessment),
    someCombinations(assessment, most + 1),
  ]);
  if (rows.filter(({ part }) => part === 'combination').length > most) return null;
  return countedIn(rows, counting).map(({ instrument, state, tallies: own, combinations }) => ({
    instrument,
    state,
    tallies: own,
    combinations: {
      kinds: combinations.length,
      texts: combinations.length === 0 ? [] : [combinations.join('\n')],
    },
  }));
}

/** All that scores are made of, however many combinations: seconds, in which a connection does nothing else. As of one moment. */
export const selectCounts = (
  database: Kysely<Tables>,
  assessment: string,
  counting: Pick<Counting, 'basisOf'>,
): Promise<StoredCounts[]> =>
  database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const rows = await select(transaction, [states(assessment), tallies(assessment)]);
      const counts: StoredCounts[] = [];
      for (const { organization, instrument, state, tallies: own } of countedIn(rows, counting)) {
        const named = { organization, assessment, instrument };
        const combinations = await selectPackedCombinations(transaction, named);
        counts.push({ instrument, state, tallies: own, combinations });
      }
      return counts;
    });
