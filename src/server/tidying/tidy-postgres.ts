import { type Kysely, sql } from 'kysely';
import { namesOf, type TablesWith } from '../storage/tables-with.ts';
import type { Tables } from '../storage/tables.ts';
import type { Tidying } from './tidying.ts';

/** The tables in which the order of the rows would tell something, and their column of the day; null: rows of the office. */
const DAY_OF: Readonly<Record<TablesWith<'channel'>, string | null>> = {
  responses: 'day',
  conflicts: 'day',
  quarantine: 'day',
  device_reports: 'reported_on',
  displays: null,
};

/** VACUUM FULL of such a table makes those who write wait for less than half a second. It has about 25,000 responses. */
const QUICK_BYTES = 32 * 1024 * 1024;

/** Who waits for a whole table makes all others wait behind. */
const LOCK_TIMEOUT_MS = 500;

/** Any number that nobody else locks. */
const TIDYING_LOCK = 2_568_001;

async function bytesOf(database: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select pg_total_relation_size(${table}::regclass) as bytes`.execute(database);
  return Number(rows[0]?.bytes ?? 0);
}

/** The days whose rows were written by more than one transaction. */
async function untidyDays(database: Kysely<Tables>, table: string, column: string) {
  const { rows } = await sql<{ day: string }>`
    select ${sql.ref(column)} as day from ${sql.table(table)} group by 1 having count(distinct xmin::text) > 1`.execute(
    database,
  );
  return rows.map((row) => row.day);
}

/**
 * Takes the rows of a day out and puts them in again by id, in one statement: whoever reads sees them before or after, and all of
 * them bear the number of this one transaction. What somebody else is at is left for the next time.
 */
async function rewrite(database: Kysely<Tables>, table: string, column: string, day: string) {
  const name = sql.table(table);
  const order = table === 'conflicts' || table === 'quarantine' ? sql`id, digest` : sql`id`;
  await sql`
    with taken as materialized (
      select ctid as place from ${name} where ${sql.ref(column)} = ${day} for update skip locked
    ), gone as (
      delete from ${name} as present using taken where present.ctid = taken.place returning present.*
    )
    insert into ${name} select * from gone order by ${order}`.execute(database);
}

async function tidyTable(database: Kysely<Tables>, table: TablesWith<'channel'>): Promise<void> {
  const column = DAY_OF[table];
  if (column === null) return;
  const days = await untidyDays(database, table, column);
  for (const day of days) await rewrite(database, table, column, day);
  if (days.length === 0) return;
  const isSmall = (await bytesOf(database, table)) <= QUICK_BYTES;
  await sql`vacuum ${isSmall ? sql`(full)` : sql``} ${sql.table(table)}`.execute(database);
}

/**
 * What tells the order on PostgreSQL is where a row lies (ctid) and the number of the transaction that wrote it (xmin), which a
 * freeze does not take away. So the rows of a day are written anew in one transaction, in the order of their ids, and the old ones
 * removed: with their bytes where the table is small, else the bytes stay until the space is used again.
 */
export function postgresTidying(database: Kysely<Tables>): Tidying {
  const tables = namesOf(DAY_OF);
  return {
    async isQuick() {
      for (const table of tables) if ((await bytesOf(database, table)) > QUICK_BYTES) return false;
      return true;
    },
    async tidy() {
      return database.connection().execute(async (connection) => {
        const { rows } = await sql<{ isOurs: boolean }>`
          select pg_try_advisory_lock(${TIDYING_LOCK}::bigint) as "isOurs"`.execute(connection);
        // Another process is at it.
        if (!rows[0]?.isOurs) return false;
        try {
          await sql`set statement_timeout = 0`.execute(connection);
          await sql`set lock_timeout = ${sql.lit(LOCK_TIMEOUT_MS)}`.execute(connection);
          for (const table of tables) await tidyTable(connection, table);
          return true;
        } finally {
          await sql`reset lock_timeout`.execute(connection);
          await sql`reset statement_timeout`.execute(connection);
          await sql`select pg_advisory_unlock(${TIDYING_LOCK}::bigint)`.execute(connection);
        }
      });
    },
    tidyALittle: () => Promise.resolve(),
  };
}
