import Database from 'better-sqlite3';
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import type { Tables } from './tables.ts';

/** Statements that are kept ready. One that inserts is another for each number of rows, and takes 0.5 KB for each row. */
const MOST_STATEMENTS = 100;

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

/** The handle with its statements kept: preparing one costs as much as running it. */
function keepingStatements(handle: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size === MOST_STATEMENTS) statements.clear();
      const statement = handle.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    close: () => void handle.close(),
  };
}

/** With the disk full SQLite rolls back by itself; another rollback would fail then, and hide why the first came. */
class CarefulDriver extends SqliteDriver {
  readonly #handle: Database.Database;

  constructor(handle: Database.Database) {
    super({ database: keepingStatements(handle) });
    this.#handle = handle;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#handle.inTransaction) await super.rollbackTransaction(connection);
  }
}

class CarefulDialect extends SqliteDialect {
  readonly #handle: Database.Database;

  constructor(handle: Database.Database) {
    super({ database: handle });
    this.#handle = handle;
  }

  override createDriver(): Driver {
    return new CarefulDriver(this.#handle);
  }
}

/** Kysely on an opened file; destroying it closes the file. */
export function sqliteDatabase(handle: Database.Database): Kysely<Tables> {
  return new Kysely({ dialect: new CarefulDialect(handle) });
}
