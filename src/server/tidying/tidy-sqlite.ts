import { stat } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/tables.ts';
import type { Tidying } from './tidying.ts';

/** VACUUM of such a file holds everybody up for about 200 ms. It has 18,000 responses. */
const QUICK_BYTES = 16 * 1024 * 1024;

/**
 * What tells the order on SQLite is where a row lies in its page, which page was taken into use when, and the write-ahead log with
 * the pages of each commit. VACUUM writes all tables anew in the order of their keys, in one transaction, and emptying the log leaves
 * a file that follows from the rows alone.
 */
export function sqliteTidying(database: Kysely<Tables>, file: string): Tidying {
  /** False while another program reads what is in the log. */
  async function emptyLog(): Promise<boolean> {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(database);
    return rows[0]?.busy === 0;
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
