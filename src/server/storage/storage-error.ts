const codeOf = (error: Error) =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** SQLite result codes (with their extensions) that pass or that an administrator of the machine mends. */
const SQLITE_CODE =
  /^SQLITE_(FULL|BUSY|LOCKED|READONLY|IOERR|CANTOPEN|NOMEM|PROTOCOL|CORRUPT|NOTADB)/;

/**
 * PostgreSQL states of the same kind: 08 connection, 53 resources (disk full), 57P shutdown, 57014 timeout, 58 system,
 * 25006 read-only, 25P02 to 25P04 a transaction that failed or took too long, 40 rolled back in favour of another, 55006 and 55P03 a
 * table that others hold, 28 and 3D the server does not let us in.
 */
const POSTGRES_STATE = /^(08|53|57P|57014|58|25006|25P0[234]|40|55006|55P03|28|3D)[0-9A-Z]*$/;

/**
 * The row was on its way to a part of a table, and its year got a part of its own meanwhile: sent again, it goes there. The same state
 * tells of a rule that the row breaks by itself, which has a name.
 */
const hasPartMoved = (error: Error) =>
  codeOf(error) === '23514' && !('constraint' in error && error.constraint !== undefined);

const SYSTEM_CODE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOSPC|EROFS|EDQUOT|EIO)$/;

/** pg reports the first three without a code; the others say that the server is closing its database. */
const MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|The database connection is not open|driver has already been destroyed|Cannot use a pool after calling end)/;

/** Thrown where a library says no more than that its storage failed. */
export class StorageUnavailable extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StorageUnavailable';
  }
}

/** A database file whose pages do not make up a database any more. */
export class DamagedDatabase extends Error {
  constructor() {
    super('the database file is damaged');
    this.name = 'DamagedDatabase';
  }
}

/** What is to be kept belongs to a channel that is not there. */
export class ChannelGone extends Error {
  constructor() {
    super('the channel is not there');
    this.name = 'ChannelGone';
  }
}

/** True if the error says that the SQLite file is damaged, or no database: no waiting mends that. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDatabase) return true;
  if (!(error instanceof Error)) return false;
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error)) || isDamage(error.cause);
}

/** SQLite (its log's index is a file too), PostgreSQL and the file system where there is no room, or no more is allowed. */
const FULL = /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|53100|ENOSPC|EDQUOT)$/;

/** True if the error says that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return FULL.test(codeOf(error)) || isDiskFull(error.cause);
}

/**
 * True if the error says that storage cannot be used just now (disk full, busy, read-only, input or output failed, database
 * not reached): nothing was kept, and trying again later is right.
 */
export function isStorageUnavailable(error: unknown): boolean {
  if (error instanceof StorageUnavailable || isDamage(error)) return true;
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (SQLITE_CODE.test(code) || POSTGRES_STATE.test(code) || SYSTEM_CODE.test(code)) return true;
  if (MESSAGE.test(error.message) || hasPartMoved(error)) return true;
  return error.cause !== undefined && isStorageUnavailable(error.cause);
}

/** True if the error says that a row was to be kept whose channel is not there: it was removed with its assessment. */
export function isChannelGone(error: unknown): boolean {
  if (error instanceof ChannelGone) return true;
  if (!(error instanceof Error)) return false;
  return /^(SQLITE_CONSTRAINT_FOREIGNKEY|23503)$/.test(codeOf(error));
}
