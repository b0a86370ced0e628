// Takes an office from SQLite to PostgreSQL, in one transaction: all of it is there, read back and the same, or nothing is.
import { type Kysely, sql, type Transaction } from 'kysely';
import { noteOfServer } from '../auditing/server-act.ts';
import { createAuth, migrateAuth } from '../auth/better-auth.ts';
import { sessionSecret } from '../auth/session-secret.ts';
import type { Config } from '../config.ts';
import { dayInBangkok } from '../day.ts';
import { StartProblem } from '../start-problem.ts';
import { appendAudit } from '../storage/audit-rows.ts';
import { lockDataDir } from '../storage/data-lock.ts';
import { openDatabase } from '../storage/open-database.ts';
import { addPartitions, yearsOf } from '../storage/partitions.ts';
import { postgresProblem } from '../storage/start-mend.ts';
import type { Tables } from '../storage/tables.ts';
import { brokenOff } from './broken-off.ts';
import { markMoved } from './moved-mark.ts';
import { openSource, type Source, type SourceTable } from './source.ts';
import { createTableDigest, type RowText, type TableDigest } from './table-digest.ts';
import { columnsIn, countIn, insertRows, readBack, rowsAtOnce, textOf } from './target.ts';

export interface MoveEffects {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Makes random UUIDs. */
  newId: () => string;
  /** Told after each batch; `rows`: how many of the table are there by now. */
  progress: (table: string, rows: number) => void;
}

/** What was moved, by table, and whether a server still uses the old database. */
export interface Move {
  tables: readonly ({ name: string } & TableDigest)[];
  isServerRunning: boolean;
}

/** The one table in which a new database has a row: the head of an empty log. */
const HEAD = 'audit_head';

async function refuseUsed(
  transaction: Transaction<Tables>,
  tables: readonly SourceTable[],
): Promise<void> {
  for (const { name } of tables) {
    const rows = await countIn(transaction, name);
    const head = name === HEAD ? await transaction.selectFrom(HEAD).select('number').execute() : [];
    if (name === HEAD ? head.some(({ number }) => number > 0) : rows > 0)
      throw new StartProblem(
        `The PostgreSQL database is not empty (${name} has ${rows} rows): make a new one with createdb and name it with DATABASE_URL; if an earlier move filled it, start the server on it.`,
      );
  }
}

/** Moves one table, reads it back and compares. */
async function moveTable(
  transaction: Transaction<Tables>,
  source: Source,
  table: SourceTable,
  progress: MoveEffects['progress'],
): Promise<TableDigest> {
  const { name } = table;
  const known = new Map(
    (await columnsIn(transaction, name)).map((column) => [column.name, column]),
  );
  const columns = table.columns.flatMap((column) => known.get(column) ?? []);
  if (columns.length < table.columns.length || columns.length < known.size)
    throw new Error(`the columns of ${name} are others on PostgreSQL`);
  const left = createTableDigest();
  const batch: RowText[] = [];
  let rows = 0;
  async function put() {
    await insertRows(transaction, name, columns, batch);
    rows += batch.length;
    batch.length = 0;
    progress(name, rows);
  }
  for (const row of source.rowsOf(table)) {
    const text = columns.map((column) => textOf(row[column.name] ?? null, column));
    left.add(text);
    batch.push(text);
    if (batch.length >= rowsAtOnce(columns.length)) await put();
  }
  await put();
  const arrived = createTableDigest();
  for await (const back of readBack(transaction, name, columns))
    for (const row of back) arrived.add(row);
  const [before, after] = [left.read(), arrived.read()];
  if (before.rows !== after.rows || before.sum !== after.sum)
    throw new StartProblem(
      `What was read back from PostgreSQL is not what was written (${name}: ${before.rows} rows written, ${after.rows} read): nothing was kept; try again with a new database.`,
    );
  return after;
}

async function moveAll(
  database: Kysely<Tables>,
  source: Source,
  { now, progress }: MoveEffects,
): Promise<Move['tables']> {
  return database.transaction().execute(async (transaction) => {
    // A second move, or a server that makes its tables, waits for the end of this one.
    await sql`lock table kysely_migration_lock in exclusive mode`.execute(transaction);
    await refuseUsed(transaction, source.tables);
    await transaction.deleteFrom(HEAD).execute();
    const tables = [];
    for (const table of source.tables) {
      // What it points to is there: the assessments, and so the years.
      if (table.name === 'responses') await addPartitions(transaction, await yearsOf(transaction));
      tables.push({
        name: table.name,
        ...(await moveTable(transaction, source, table, progress)),
      });
    }
    const { number } = await transaction
      .selectFrom(HEAD)
      .select('number')
      .executeTakeFirstOrThrow();
    if (number > 0) await appendAudit(transaction, noteOfServer(now(), 'database-put-back'));
    return tables;
  });
}

/** True while a server holds the folder. */
function isServerOn(dataDir: string): boolean {
  const lock = lockDataDir(dataDir);
  lock?.release();
  return lock === null;
}

function refuseToLose(config: Config): void {
  if (config.reofferDays > 0 || !isServerOn(config.dataDir)) return;
  throw new StartProblem(
    'Stop the server first: with REOFFER_DAYS=0 no device offers again what it takes while its database is moved.',
  );
}

/** The tables of the accounts are the last that a new database gets. */
async function openTarget(config: Config, { newId }: MoveEffects): Promise<Kysely<Tables>> {
  const opened = await openDatabase(config.database, config.dataDir, {
    newId,
    onLostConnection: () => undefined,
  }).catch((error: unknown) => {
    throw postgresProblem(error);
  });
  const { database, dialect } = opened;
  const secret = sessionSecret(config.dataDir);
  const auth = createAuth({ database, dialect, secret, host: 'localhost', secureCookies: false });
  await migrateAuth(auth, { database, dialect });
  return database;
}

/**
 * Moves the office in DATA_DIR to the PostgreSQL database of the configuration, which has to be empty. The SQLite database is only
 * read; at the end its folder is marked, so that no server takes answers into it any more.
 *
 * @throws StartProblem for what whoever runs it can mend, with nothing moved
 */
export async function moveOffice(config: Config, effects: MoveEffects): Promise<Move> {
  if (config.database.kind !== 'postgres')
    throw new StartProblem(
      'Say where to: set DATABASE_URL=postgres://name:password@host:5432/database, an empty PostgreSQL database.',
    );
  const source = openSource(config.dataDir);
  try {
    refuseToLose(config);
    const database = await openTarget(config, effects);
    try {
      const tables = await moveAll(database, source, effects).catch((error: unknown) => {
        throw brokenOff(error);
      });
      markMoved(config.dataDir, dayInBangkok(effects.now()));
      return { tables, isServerRunning: isServerOn(config.dataDir) };
    } finally {
      await database.destroy();
    }
  } finally {
    source.close();
  }
}
