import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { lockTallies } from '../storage/fold-rows.ts';
import { isOtherYears, partsOf } from '../storage/partitions.ts';
import { namesOf, type TablesWith } from '../storage/tables-with.ts';
import type { Tables } from '../storage/tables.ts';
import { emptyLog, keepersOfOrder } from './postgres-log.ts';
import type { Tidying } from './tidying.ts';

/** Which rows of a table are written anew together, those with the same `together` (null: all), and in the order of which columns. */
interface Rewriting {
  together: string | null;
  order: readonly string[];
}

/** For each table whether the order of its rows would tell something of respondents; null: rows of the office. */
const REWRITINGS: Readonly<
  Record<TablesWith<'channel'> | 'unfolded' | 'tallies' | 'combinations', Rewriting | null>
> = {
  responses: { together: 'day', order: ['organization_id', 'id'] },
  conflicts: { together: 'day', order: ['organization_id', 'id', 'digest'] },
  quarantine: { together: 'day', order: ['organization_id', 'id', 'digest'] },
  uncounted: { together: 'day', order: ['organization_id', 'id', 'digest'] },
  device_reports: { together: 'reported_on', order: ['organization_id', 'id'] },
  displays: null,
  unfolded: { together: null, order: ['organization_id', 'id'] },
  day_counts: { together: 'channel', order: ['day'] },
  tallies: { together: 'assessment_id', order: ['instrument', 'dimension', 'value'] },
  combinations: { together: 'assessment_id', order: ['instrument', 'combination'] },
};

/** Its rows are gone after half a second, or moved to the part of their year; what is left of their bytes tells in which order they came. */
const isPassing = (part: string) => part === 'unfolded' || isOtherYears(part);

/** What is deleted by whoever counts: a row that is written anew just then would not be found, and be counted twice. */
const COUNTED_BY: ReadonlySet<string> = new Set<keyof typeof REWRITINGS>([
  'unfolded',
  'day_counts',
  'tallies',
  'combinations',
]);

const valueOf = ({ together }: Rewriting) => (together === null ? sql`''` : sql.ref(together));

/** Not rewritten here: whoever spends a code meanwhile would find its row gone. */
const STAFF_CODES = 'staff_codes';

/** VACUUM FULL of such a table makes those who write wait for less than half a second. It has about 25,000 responses. */
const QUICK_BYTES = 32 * 1024 * 1024;

/** Who waits for a whole table makes all others wait behind. */
const LOCK_TIMEOUT_MS = 500;

/** PostgreSQL's name for a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Any number that nobody else locks. */
const TIDYING_LOCK = 2_568_001;

async function bytesOf(database: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select pg_total_relation_size(${table}::regclass) as bytes`.execute(database);
  return Number(rows[0]?.bytes ?? 0);
}

/** Whether there are rows in it, or what is left of some. */
async function hasBytes(database: Kysely<Tables>, table: string): Promise<boolean> {
  const { rows } = await sql<{ bytes: string }>`
    select pg_relation_size(${table}::regclass) as bytes`.execute(database);
  return Number(rows[0]?.bytes ?? 0) > 0;
}

/**
 * The days (or what else goes together) whose rows were written by more than one transaction, or by one that spent a code: the only
 * response of a day would lead to it.
 */
async function untidyOf(database: Kysely<Tables>, table: string, rewriting: Rewriting) {
  const { rows } = await sql<{ value: string }>`
    select ${valueOf(rewriting)} as value from ${sql.table(table)} group by 1
    having count(distinct xmin::text) > 1
      or bool_or(xmin::text in (select xmin::text from ${sql.table(STAFF_CODES)}))`.execute(
    database,
  );
  return rows.map(({ value }) => value);
}

/**
 * Takes the rows of a day out and puts them in again by id, in one statement: whoever reads sees them before or after, and all of
 * them bear the number of this one transaction. What somebody else is at is left for the next time.
 */
async function rewrite(
  database: Kysely<Tables>,
  table: string,
  rewriting: Rewriting,
  value: string,
): Promise<void> {
  const name = sql.table(table);
  await database.transaction().execute(async (transaction) => {
    if (COUNTED_BY.has(table)) await lockTallies(transaction);
    await sql`
      with taken as materialized (
        select ctid as place from ${name} where ${valueOf(rewriting)} = ${value} for update skip locked
      ), gone as (
        delete from ${name} as present using taken where present.ctid = taken.place returning present.*
      )
      insert into ${name} select * from gone order by ${sql.join(rewriting.order.map((column) => sql.ref(column)))}
    `.execute(transaction);
  });
}

/** Removes the rows as they were, and in a small table their bytes. False where others use the table without a pause. */
async function removeOld(database: Kysely<Tables>, table: string): Promise<boolean> {
  const isSmall = (await bytesOf(database, table)) <= QUICK_BYTES;
  try {
    await sql`vacuum ${isSmall ? sql`(full)` : sql``} ${sql.table(table)}`.execute(database);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)
      return false;
    throw error;
  }
}

/** The transactions of others that run in this database now: PostgreSQL shows them to every role, those of its own autovacuum too. */
async function othersIn(database: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select virtualxid as name from pg_locks join pg_stat_activity using (pid)
    where locktype = 'virtualxid' and granted and datname = current_database()
      and pid <> pg_backend_pid()`.execute(database);
  return rows.map(({ name }) => name);
}

/** Waits until all of them have ended that run now; false where one takes longer than `LOCK_TIMEOUT_MS`. */
async function outlasts(database: Kysely<Tables>): Promise<boolean> {
  const end = performance.now() + LOCK_TIMEOUT_MS;
  for (let before = await othersIn(database); before.length > 0;) {
    if (performance.now() > end) return false;
    await setTimeout(10);
    const present = new Set(await othersIn(database));
    before = before.filter((name) => present.has(name));
  }
  return true;
}

/**
 * Waits until nobody sees any row as it was before it was written anew: VACUUM keeps what somebody still sees, and does not say so.
 * Twice, as a transaction that begins while an older one runs sees what was there when that began.
 */
const isSeenByNobody = async (database: Kysely<Tables>): Promise<boolean> =>
  (await outlasts(database)) && outlasts(database);

/**
 * What tells the order on PostgreSQL is where a row lies (ctid) and the number of the transaction that wrote it (xmin), which a
 * freeze does not take away. So the rows of a day are written anew in one transaction, in the order of their ids, and the old ones
 * removed: with their bytes where the table is small, else the bytes stay until the space is used again. Last the write-ahead log is
 * let go, which has all rows in the order they came, and now this writing too.
 */
export function postgresTidying(database: Kysely<Tables>): Tidying {
  const tables = namesOf(REWRITINGS);
  /** The tables, or parts of one, in which there are rows as they were. */
  const rewritten = new Set<string>();
  /** A process before may have ended between writing rows anew and removing them as they were, and no row tells. */
  let isFirst = true;

  async function suspect(connection: Kysely<Tables>, part: string) {
    if (await hasBytes(connection, part)) rewritten.add(part);
  }

  /** A place in a part (ctid) is one of each part, and each is cleared by itself: one that has not changed for years stays as it is. */
  async function rewritePart(connection: Kysely<Tables>, part: string, rewriting: Rewriting) {
    if (isFirst || isPassing(part)) await suspect(connection, part);
    for (const value of await untidyOf(connection, part, rewriting)) {
      rewritten.add(part);
      // Its rows are written anew whenever a code is spent; as they were, they tell with which response.
      rewritten.add(STAFF_CODES);
      await rewrite(connection, part, rewriting, value);
    }
  }
  async function rewriteTable(connection: Kysely<Tables>, table: (typeof tables)[number]) {
    const rewriting = REWRITINGS[table];
    if (rewriting === null) return;
    for (const part of await partsOf(connection, table))
      await rewritePart(connection, part, rewriting);
  }
  return {
    async isQuick() {
      for (const table of tables)
        for (const part of await partsOf(database, table))
          if ((await bytesOf(database, part)) > QUICK_BYTES) return false;
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
          for (const table of tables) await rewriteTable(connection, table);
          if (isFirst) await suspect(connection, STAFF_CODES);
          isFirst = false;
          if (rewritten.size > 0 && (await isSeenByNobody(connection)))
            for (const part of rewritten)
              if (await removeOld(connection, part)) rewritten.delete(part);
          await emptyLog(connection);
          return rewritten.size === 0;
        } finally {
          await sql`reset lock_timeout`.execute(connection);
          await sql`reset statement_timeout`.execute(connection);
          await sql`select pg_advisory_unlock(${TIDYING_LOCK}::bigint)`.execute(connection);
        }
      });
    },
    tidyALittle: () => Promise.resolve(),
    outOfReach: () => keepersOfOrder(database),
  };
}
