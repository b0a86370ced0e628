import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/tables.ts';
import type { Tidying } from './tidying.ts';

/** VACUUM of such a file holds everybody up for about 200 ms. It has 18,000 responses. */
const QUICK_BYTES = 16 * 1024 * 1024;

/** A judgement reads for so long at the most, but over the people of a whole country. */
const READING_MS = 1_000;

/** Between two tries everybody else has a turn. */
const TRY_EVERY_MS = 20;

/** Whether the log is empty now; false where somebody reads what is in it. SQLite would wait for them, and hold up the whole process. */
const emptyLogNow = (database: Kysely<Tables>): Promise<boolean> =>
  database.connection().execute(async (connection) => {
    const { rows: before } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(
      connection,
    );
    await sql`pragma busy_timeout = 0`.execute(connection);
    try {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(
        connection,
      );
      return rows[0]?.busy === 0;
    } finally {
      await sql`pragma busy_timeout = ${sql.lit(before[0]?.timeout ?? 0)}`.execute(connection);
    }
  });

/**
 * What tells the order on SQLite is where a row lies in its page, which page was taken into use when, and the write-ahead log with
 * the pages of each commit. VACUUM writes all tables anew in the order of their keys, in one transaction, and emptying the log leaves
 * a file that follows from the rows alone.
 */
export function sqliteTidying(database: Kysely<Tables>, file: string): Tidying {
  /** False where somebody reads for longer. What is stored between two tries is untidy, as whatever comes behind a tidying. */
  async function emptyLog(): Promise<boolean> {
    const until = performance.now() + READING_MS;
    while (!(await emptyLogNow(database))) {
      if (performance.now() > until) return false;
      await setTimeout(TRY_EVERY_MS);
    }
    return true;
  }
  return {
    async isQuick() {
      const { size } = await stat(file);
      return size <= QUICK_BYTES;
    },
    async tidy() {
      await sql`vacuum`.execute(database);
      return emptyLog();
    },
    async tidyALittle() {
      await emptyLog();
    },
    outOfReach: () => Promise.resolve([]),
  };
}
