import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { DatabaseConfig } from '../config.ts';
import { migrate } from './migrate.ts';
import type { Dialect } from './migrations/2026-11-20-first-tables.ts';
import { postgresDatabase } from './postgres.ts';
import { openSqliteFile, sqliteDatabase } from './sqlite.ts';
import type { Tables } from './tables.ts';

const SQLITE_FILE = 'sucharit.db';

export interface OpenDatabase {
  database: Kysely<Tables>;
  dialect: Dialect;
}

/**
 * Opens the configured database and brings its tables up to date.
 *
 * @throws the database's error, with nothing left open
 */
export async function openDatabase(
  config: DatabaseConfig,
  dataDir: string,
  onLostConnection: (error: Error) => void,
): Promise<OpenDatabase> {
  const open: OpenDatabase =
    config.kind === 'sqlite'
      ? { database: sqliteDatabase(openSqliteFile(join(dataDir, SQLITE_FILE))), dialect: 'sqlite' }
      : { database: postgresDatabase(config.url, onLostConnection), dialect: 'postgres' };
  try {
    await migrate(open.database, open.dialect);
  } catch (error) {
    await open.database.destroy();
    throw error;
  }
  return open;
}
