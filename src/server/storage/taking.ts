import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * How the database takes what is to be stored. read-only: a standby, or one that was set to be read; waits: for its standby, for longer than a
 * commit takes, so that nothing is acknowledged.
 */
export type Taking = 'takes' | 'read-only' | 'waits';

/** @see Storage.taking */
export async function takingOf(database: Kysely<Tables>): Promise<Taking> {
  const isOnPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  if (!isOnPostgres) {
    await sql`select 1`.execute(database);
    return 'takes';
  }
  // On a standby each transaction is one that only reads. A role sees what its own connections wait for.
  const { rows } = await sql<{ taking: Taking }>`
    select case
      when current_setting('transaction_read_only')::boolean then 'read-only'
      when exists (
        select from pg_stat_activity
        where wait_event = 'SyncRep' and query_start < clock_timestamp() - interval '3 seconds'
      ) then 'waits'
      else 'takes'
    end as taking`.execute(database);
  return rows[0]?.taking ?? 'takes';
}
