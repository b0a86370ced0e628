import { type Kysely, PostgresAdapter, sql, type Transaction } from 'kysely';
import { KEPT_YEAR } from './places.ts';
import type { Tables } from './tables.ts';

/** The tables that PostgreSQL keeps in parts by fiscal year. */
const PARTITIONED = ['responses'] as const;

/** What has no part of its own lies here. */
const otherYears = (table: string) => `${table}_other`;

/** Whether rows pass through the part on their way to that of their year. */
export const isOtherYears = (part: string): boolean => PARTITIONED.map(otherYears).includes(part);

/** Any number that nobody else locks. */
const PARTITION_LOCK = 2_568_003;

/** A backup holds the tables for as long as it takes; all who store would wait behind whoever waits for it. */
const LOCK_TIMEOUT_MS = 1_000;

/** All wait while rows move. What is more than can be moved in this time stays with the other years. */
const MOVE_TIMEOUT_MS = 5_000;

/** PostgreSQL's names for a lock that was not to be had in time, one that others waited for as well, and too much work. */
const NOT_NOW: readonly unknown[] = ['55P03', '40P01', '57014'];

const isOnPostgres = (database: Kysely<Tables>) =>
  database.getExecutor().adapter instanceof PostgresAdapter;

/** The names of a table's parts on PostgreSQL; its own where it has none. */
export async function partsOf(database: Kysely<Tables>, table: string): Promise<string[]> {
  if (!PARTITIONED.some((name) => name === table)) return [table];
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = ${table}::regclass order by 1`.execute(database);
  return rows.map(({ name }) => name);
}

/** Those of the years that have no part of their own in the table. */
async function withoutPart(
  database: Kysely<Tables>,
  table: string,
  years: readonly number[],
): Promise<number[]> {
  // Looked for among the rows of the catalogue: what PostgreSQL remembers of a name may be older than the lock that we waited for.
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = current_schema()::regnamespace
      and starts_with(relname, ${`${table}_`})`.execute(database);
  const names = new Set(rows.map(({ name }) => name));
  return years.filter((year) => !names.has(`${table}_${year}`));
}

/**
 * What lies with the other years moves into its part before the table gets that: PostgreSQL refuses it otherwise. The whole is locked
 * first: whoever waited for the other years alone would have chosen the parts before, and read past what moved or be refused.
 */
async function addPartition(
  transaction: Transaction<Tables>,
  table: string,
  year: number,
): Promise<void> {
  const [whole, part, other] = [table, `${table}_${year}`, otherYears(table)].map((name) =>
    sql.table(name),
  );
  await sql`lock table only ${whole} in access exclusive mode`.execute(transaction);
  await sql`lock table ${other} in access exclusive mode`.execute(transaction);
  await sql`create table ${part} (like ${whole} including defaults)`.execute(transaction);
  await sql`with moved as (delete from ${other} where fiscal_year = ${year} returning *)
    insert into ${part} select * from moved order by organization_id, id`.execute(transaction);
  await sql`alter table ${whole} attach partition ${part} for values in (${sql.lit(year)})`.execute(
    transaction,
  );
}

/** Makes the parts of the years that are missing. One process at a time does: the next finds them. */
export async function addPartitions(
  transaction: Transaction<Tables>,
  years: readonly number[],
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${PARTITION_LOCK}::bigint)`.execute(transaction);
  for (const table of PARTITIONED)
    for (const year of await withoutPart(transaction, table, years))
      await addPartition(transaction, table, year);
}

/** The fiscal years that something may be kept of. */
export async function yearsOf(database: Kysely<Tables>): Promise<number[]> {
  const rows = await database
    .selectFrom('assessments')
    .select(KEPT_YEAR.as('year'))
    .distinct()
    .execute();
  return rows.map(({ year }) => year);
}

/**
 * Makes the parts of the years that are missing, if it can be done without holding up whoever stores: else what comes lies with the other
 * years until somebody asks again. Does nothing on SQLite, which has one table.
 */
export async function keepPartitions(
  database: Kysely<Tables>,
  years: readonly number[],
): Promise<void> {
  if (!isOnPostgres(database)) return;
  const missing = await Promise.all(
    PARTITIONED.map((table) => withoutPart(database, table, years)),
  );
  if (missing.flat().length === 0) return;
  try {
    await database.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT_MS)}`.execute(transaction);
      await sql`set local statement_timeout = ${sql.lit(MOVE_TIMEOUT_MS)}`.execute(transaction);
      await addPartitions(transaction, years);
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_NOW.includes(error.code)) return;
    throw error;
  }
}
