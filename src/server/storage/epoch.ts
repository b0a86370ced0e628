import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { databaseFile, lifeFile, logFile, runningFile } from './data-files.ts';
import { writeDurably } from './durable-files.ts';
import type { Tables } from './tables.ts';

/**
 * The database's epoch, as of a start that finds it at `place`: the stored one if it was last left at `leftAt`, else a new
 * one. One statement, so that of several processes that start at once all get the same.
 */
async function epochAt(
  database: Kysely<Tables>,
  { place, leftAt, newEpoch }: { place: string; leftAt: string | null; newEpoch: string },
): Promise<string> {
  const { epoch } = await database
    .insertInto('database_life')
    .values({ id: 'this', epoch: newEpoch, place })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        epoch: (expression) =>
          expression
            .case()
            .when('database_life.place', '=', leftAt ?? '')
            .then(expression.ref('database_life.epoch'))
            .else(newEpoch)
            .end(),
        place,
      }),
    )
    .returning('epoch')
    .executeTakeFirstOrThrow();
  return epoch;
}

/**
 * Whether a SQLite file that nobody has open yet may lack what was committed: a server had it open and did not close it, and the log in
 * which that would be is gone.
 */
export const lacksLog = (dataDir: string): boolean =>
  existsSync(runningFile(dataDir)) && !existsSync(logFile(dataDir));

/** The server has closed its SQLite file: it needs no log any more. */
export function noteClosed(dataDir: string): void {
  try {
    rmSync(runningFile(dataDir), { force: true });
  } catch {
    // The folder cannot be written any more: the next start begins a new epoch, which only costs an offer.
  }
}

/**
 * The epoch of a SQLite file. Each start writes a new random word into DATA_DIR/database-life and into the database. A
 * database that does not say what that file says is not the one this folder was last left with: a backup, or the file of
 * another machine. Where both were put back, with the word they had then, one of them is not the file it was: the database by
 * its inode, or the word by the moment at which its file was made, which no copy takes along and no inode that is used again.
 * One that is not whole (see lacksLog) begins a new one as well: devices have what it lacks.
 * A crash between the two writes costs a new epoch, which costs devices no more than to offer again what is here.
 *
 * @throws the database's or the file system's error
 */
export async function sqliteEpoch(
  database: Kysely<Tables>,
  dataDir: string,
  { newId, isWhole }: { newId: () => string; isWhole: boolean },
): Promise<string> {
  const path = lifeFile(dataDir);
  const place = () => {
    const { ino } = statSync(databaseFile(dataDir), { bigint: true });
    const { birthtimeNs } = statSync(path, { bigint: true });
    return `${readFileSync(path, 'utf8').trim()} ${ino} ${birthtimeNs}`;
  };
  const leftAt = isWhole && existsSync(path) ? place() : null;
  writeDurably(path, `${newId()}\n`);
  const epoch = await epochAt(database, { place: place(), leftAt, newEpoch: newId() });
  // From here on there is a log, until it is closed.
  writeDurably(runningFile(dataDir), '');
  return epoch;
}

/** What the expression says as text; nothing where this role may not ask, or this PostgreSQL cannot say. */
async function ask(database: Kysely<Tables>, expression: ReturnType<typeof sql>): Promise<string> {
  try {
    const { rows } = await sql<{ said: string }>`select (${expression})::text as said`.execute(
      database,
    );
    return rows[0]?.said ?? '';
  } catch (error) {
    const state = error instanceof Error && 'code' in error ? error.code : undefined;
    // 42501 not allowed, 42883 no such function, 55000 not in this state, 0A000 not supported.
    if (typeof state === 'string' && /^(42501|42883|55000|0A000)$/.test(state)) return '';
    throw error;
  }
}

/**
 * Makes what tells the epoch of a PostgreSQL database as it is now, the same in every process on it. What was restored from a
 * dump has another table by its number (oid); what was restored to a point in time, or taken over by a standby, is on another
 * timeline; a cluster that was made anew has another identifier. The table's number is always told, the others where the role
 * may ask. Only a process that sees a change itself begins a new epoch, so that two roles which see more and less of the place
 * do not take turns at it; the others hear of it here.
 *
 * @throws (what it makes) the database's error
 */
export function watchPostgresEpoch(
  database: Kysely<Tables>,
  newId: () => string,
): () => Promise<string> {
  let seenAt: string | null = null;
  return async () => {
    const table = await ask(database, sql`'responses'::regclass::oid`);
    const cluster = await ask(database, sql`(select system_identifier from pg_control_system())`);
    const timeline = await ask(database, sql`left(pg_walfile_name(pg_current_wal_lsn()), 8)`);
    const place = `${table} ${cluster} ${timeline}`;
    if (place === seenAt) {
      const life = await database.selectFrom('database_life').select('epoch').executeTakeFirst();
      if (life) return life.epoch;
    }
    const epoch = await epochAt(database, { place, leftAt: place, newEpoch: newId() });
    seenAt = place;
    return epoch;
  };
}
