import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Tables } from './tables.ts';

const MAXIMUM_CONNECTIONS = 10;
const CONNECTION_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Kysely on a PostgreSQL server; destroying it ends the connections. `onLostConnection` hears of an idle connection that
 * broke: the next query opens a new one, so it is for the log only.
 */
export function postgresDatabase(
  databaseUrl: string,
  onLostConnection: (error: Error) => void,
): Kysely<Tables> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MAXIMUM_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  pool.on('error', onLostConnection);
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** PostgreSQL says that something is stored before it is on disk, so a power cut would lose what was acknowledged. */
export class HastyDatabase extends Error {
  constructor() {
    super('commits are not on disk when they are answered');
    this.name = 'HastyDatabase';
  }
}

/**
 * What a power cut takes away so leaves no trace: it changes neither the tables nor the timeline, and no device offers again.
 *
 * @throws HastyDatabase, or the database's error
 */
export async function refuseHastyCommits(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ hasty: boolean }>`
    select 'off' in (current_setting('synchronous_commit'), current_setting('fsync')) as hasty
  `.execute(database);
  if (rows[0]?.hasty) throw new HastyDatabase();
}
