import { Kysely, PostgresDialect } from 'kysely';
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
