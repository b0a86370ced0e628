// Commands use the database beside a server that may be running, and so only on the tables of their own version.
import { existsSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { refuseMoved } from '../move/moved-mark.ts';
import { StartProblem } from '../start-problem.ts';
import { databaseFile } from './data-files.ts';
import { refuseOtherTables } from './migrate.ts';
import { postgresDatabase } from './postgres.ts';
import { openSqliteFile, sqliteDatabase } from './sqlite.ts';
import { postgresProblem, sqliteProblem } from './start-mend.ts';
import { isStorageUnavailable } from './storage-error.ts';
import type { Tables } from './tables.ts';

function open({ database, dataDir }: Config): Kysely<Tables> {
  if (database.kind === 'postgres') return postgresDatabase(database.url, () => undefined);
  // A link back into an account of a database that no server uses would open nothing.
  refuseMoved(dataDir);
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    throw new StartProblem(
      `There is no database in ${dataDir}: give the server's own DATA_DIR, or DATABASE_URL if it is on PostgreSQL.`,
    );
  return sqliteDatabase(openSqliteFile(file));
}

function problemOf(error: unknown, { database, dataDir }: Config): unknown {
  if (error instanceof StartProblem) return error;
  return database.kind === 'sqlite' ? sqliteProblem(error, dataDir) : postgresProblem(error);
}

/** @throws StartProblem, with nothing left open */
async function openOwn(config: Config): Promise<Kysely<Tables>> {
  let database: Kysely<Tables> | null = null;
  try {
    database = open(config);
    await refuseOtherTables(database, config.database.kind);
    return database;
  } catch (error) {
    await database?.destroy();
    throw problemOf(error, config);
  }
}

/**
 * Opens the configured database for the command and closes it again; makes and changes no table.
 *
 * @throws StartProblem for what whoever runs it can mend, or what the command throws
 */
export async function besideServer<Result>(
  config: Config,
  command: (database: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const database = await openOwn(config);
  try {
    return await command(database);
  } catch (error) {
    throw isStorageUnavailable(error) ? problemOf(error, config) : error;
  } finally {
    await database.destroy();
  }
}
