import type { Kysely } from 'kysely';
import { postgresDatabase } from './postgres.ts';
import { openSqliteToRead, sqliteDatabase } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Where another thread finds the database of this process. */
export type DatabaseToRead = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

/**
 * The database over a connection besides the server's own, for whoever only reads; destroying it ends the connection. It has to be
 * destroyed soon: as long as somebody reads a SQLite file, its log is not emptied.
 *
 * @throws SqliteError SQLITE_CANTOPEN and the like; PostgreSQL is asked later
 */
export const openToRead = (toRead: DatabaseToRead): Kysely<Tables> =>
  toRead.kind === 'sqlite'
    ? sqliteDatabase(openSqliteToRead(toRead.file))
    : postgresDatabase(toRead.url, () => undefined);
