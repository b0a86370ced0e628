import Database from 'better-sqlite3';
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { DamagedDatabase } from './storage-error.ts';
import type { Tables } from './tables.ts';

/** Statements that are kept ready. One that inserts is another for each number of rows, and takes 0.5 KB for each row. */
const MOST_STATEMENTS = 100;

/**
 * While it waits for another program's write lock, SQLite holds up the whole process. Another program of ours writes
 * one row at most (`npm run recover`), so whoever holds the lock is a person with a tool, and may hold it for minutes: better
 * to say 503 soon and be asked again.
 */
const BUSY_TIMEOUT_MS = 250;

/**
 * Opens a SQLite file, made if it is not there. WAL lets readers go on while one writes; FULL puts every commit on disk
 * before it is answered, so that an acknowledged response survives a power cut.
 *
 * @throws SqliteError SQLITE_CANTOPEN, SQLITE_READONLY and the like where the folder or file cannot be used
 */
export function openSqliteFile(file: string): Database.Database {
  const handle = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    handle.pragma('journal_mode = WAL');
    handle.pragma('synchronous = FULL');
    handle.pragma('foreign_keys = ON');
    // What is deleted is overwritten, and not only left out of the tables.
    handle.pragma('secure_delete = ON');
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/**
 * Opens a SQLite file that this process has open already, to read it beside whoever writes.
 *
 * @throws SqliteError SQLITE_CANTOPEN and the like
 */
export const openSqliteToRead = (file: string): Database.Database =>
  new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });

/**
 * Reads every page and looks whether they make up tables. What stands in them is not looked at: see checkDatabaseFile.
 *
 * @throws DamagedDatabase, or SqliteError SQLITE_CORRUPT
 */
export function refuseDamagedPages(handle: Database.Database): void {
  if (handle.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new DamagedDatabase();
}

/** The handle with its statements kept: preparing one costs as much as running it. */
function keepingStatements(handle: Database.Database, onClosed: () => void): SqliteDatabase {
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
    close() {
      handle.close();
      onClosed();
    },
  };
}

/** With the disk full SQLite rolls back by itself; another rollback would fail then, and hide why the first came. */
class CarefulDriver extends SqliteDriver {
  readonly #handle: Database.Database;

  constructor(handle: Database.Database, onClosed: () => void) {
    super({ database: keepingStatements(handle, onClosed) });
    this.#handle = handle;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#handle.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite changes tables in a transaction as well as rows. Kysely would not use one, and half the tables could be left. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class CarefulDialect extends SqliteDialect {
  readonly #handle: Database.Database;
  readonly #onClosed: () => void;

  constructor(handle: Database.Database, onClosed: () => void) {
    super({ database: handle });
    this.#handle = handle;
    this.#onClosed = onClosed;
  }

  override createDriver(): Driver {
    return new CarefulDriver(this.#handle, this.#onClosed);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** Kysely on an opened file; destroying it closes the file, and `onClosed` hears of that. */
export function sqliteDatabase(
  handle: Database.Database,
  onClosed: () => void = () => undefined,
): Kysely<Tables> {
  return new Kysely({ dialect: new CarefulDialect(handle, onClosed) });
}
