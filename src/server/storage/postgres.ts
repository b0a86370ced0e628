import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { endSilent, SILENCE_PATIENCE, type SilencePatience } from './end-silent.ts';
import { serversIn, firstThatTakes, verify } from './several-hosts.ts';
import type { Tables } from './tables.ts';

const MAXIMUM_CONNECTIONS = 10;
const CONNECTION_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * A connection that nobody used for so long ends. A page of the office asks for several things at once, minutes after the last time: with the
 * ten seconds that a pool keeps them by itself, it waited for connections.
 */
const IDLE_MS = 5 * 60_000;

/** A connection that nobody uses says nothing: the system then asks whether the other side is there, and ends it ten seconds later if not. */
const KEEP_ALIVE_AFTER_MS = 10_000;

export interface PostgresPatience extends SilencePatience {
  /**
   * How long a transaction may wait for its next statement, of which none waits for anything but the database: where the network was cut,
   * PostgreSQL would else keep what is locked from whoever sends it again, for hours.
   */
  idleInTransactionMs: number;
}

const PATIENCE: PostgresPatience = { ...SILENCE_PATIENCE, idleInTransactionMs: 30_000 };

/**
 * Kysely on a PostgreSQL server, or on the primary among several; destroying it ends the connections. `onLostConnection` hears of an
 * idle connection that broke: the next query opens a new one, so it is for the log only.
 */
export function postgresDatabase(
  databaseUrl: string,
  onLostConnection: (error: Error) => void,
  { idleInTransactionMs, ...patience }: PostgresPatience = PATIENCE,
): Kysely<Tables> {
  const addresses = serversIn(databaseUrl);
  const pools = addresses.map((connectionString) => {
    const pool = new Pool({
      connectionString,
      max: MAXIMUM_CONNECTIONS,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      ...(addresses.length > 1 && { verify }),
    });
    pool.on('error', onLostConnection);
    // One that breaks while somebody has it, between two queries, would else end the process; the next query on it rejects.
    pool.on('connect', (client) => client.on('error', () => undefined));
    endSilent(pool, patience);
    return pool;
  });
  return new Kysely({ dialect: new PostgresDialect({ pool: firstThatTakes(pools) }) });
}

/** A standby is demanded, and PostgreSQL answers without waiting for one. */
export class NoStandby extends Error {
  constructor() {
    super('commits do not wait for a standby');
    this.name = 'NoStandby';
  }
}

/**
 * Where a standby is demanded, an answer is acknowledged only when it is on its disk too.
 *
 * @throws NoStandby, or the database's error
 */
export async function refuseWithoutStandby(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ waits: boolean }>`
    select current_setting('synchronous_standby_names') <> ''
      and current_setting('synchronous_commit') in ('on', 'remote_apply') as waits
  `.execute(database);
  if (!rows[0]?.waits) throw new NoStandby();
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
