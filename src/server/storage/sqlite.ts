import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Opens a SQLite file, made if it is not there. WAL lets readers go on while one writes; FULL puts every commit on disk
 * before it is answered, so that an acknowledged response survives a power cut.
 *
 * @throws SqliteError SQLITE_CANTOPEN, SQLITE_READONLY and the like where the folder or file cannot be used
 */
export function openSqliteFile(file: string): Database.Database {
  const handle = new Database(file);
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL');
  handle.pragma('busy_timeout = 5000');
  handle.pragma('foreign_keys = ON');
  return handle;
}

/** Kysely on an opened file; destroying it closes the file. */
export function sqliteDatabase(handle: Database.Database): Kysely<Tables> {
  return new Kysely({ dialect: new SqliteDialect({ database: handle }) });
}
