import Database from 'better-sqlite3';
import { sha256 } from '../sha256.ts';
import { migrationsFor } from '../storage/migrate.ts';
import { isDamage } from '../storage/storage-error.ts';

/** The tables whose rows are told, in plain words. Those of a response are looked into as well. */
const COUNTED = {
  responses: 'responses',
  conflicts: 'other answers under a known id, set aside',
  quarantine: 'responses that this version cannot read yet, set aside',
  uncounted: 'responses without a code that opens, never counted',
  assessments: 'assessments',
  departments: 'departments',
  channels: 'channels (posters)',
  user: 'accounts',
} as const;

export type CountedTable = keyof typeof COUNTED;
export type RowCounts = Readonly<Record<CountedTable, number>>;

const TABLES = Object.keys(COUNTED) as CountedTable[];
const RESPONSE_TABLES = ['responses', 'conflicts', 'quarantine', 'uncounted'] as const;

/** The counts as lines for a person. */
export function countLines(counts: RowCounts): string[] {
  return TABLES.map((table) => `  ${String(counts[table]).padStart(7)}  ${COUNTED[table]}`);
}

/** `damaged`: `what` names the place as half a sentence. `newer`: its pages are sound; what its rows mean only that version knows. */
export type FileCheck =
  | { state: 'sound'; counts: RowCounts }
  | { state: 'damaged'; what: string }
  | { state: 'foreign' }
  | { state: 'newer'; counts: RowCounts };

/** How many rows the tables have; one that is not there has none. */
export function countRows(handle: Database.Database): RowCounts {
  const isThere = handle.prepare("select 1 from sqlite_master where type = 'table' and name = ?");
  const count = (table: CountedTable) =>
    isThere.get(table) === undefined
      ? 0
      : handle.prepare<[], number>(`select count(*) from "${table}"`).pluck().get();
  return Object.fromEntries(TABLES.map((table) => [table, count(table)])) as unknown as RowCounts;
}

/** How many bodies of the table are not what their digest says. */
function countChanged(handle: Database.Database, table: string): number {
  const rows = handle.prepare<[], { digest: string; body: string }>(
    `select digest, body from ${table}`,
  );
  let changed = 0;
  for (const { digest, body } of rows.iterate()) if (sha256(body) !== digest) changed += 1;
  return changed;
}

function check(handle: Database.Database): FileCheck {
  const integrity = handle.pragma('integrity_check(1)', { simple: true });
  if (integrity !== 'ok') return { state: 'damaged', what: 'its pages do not fit together' };
  const names = handle.prepare<[], string>('select name from sqlite_master').pluck().all();
  if (!names.includes('kysely_migration') || !names.includes('responses'))
    return { state: 'foreign' };
  const done = handle.prepare<[], string>('select name from kysely_migration').pluck().all();
  if (done.some((name) => !Object.hasOwn(migrationsFor('sqlite'), name)))
    return { state: 'newer', counts: countRows(handle) };
  for (const table of RESPONSE_TABLES) {
    // A backup of an earlier version has fewer of them.
    if (!names.includes(table)) continue;
    const changed = countChanged(handle, table);
    if (changed > 0)
      return { state: 'damaged', what: `${changed} in ${table} are not what was received` };
  }
  return { state: 'sound', counts: countRows(handle) };
}

/**
 * Reads a database file from end to end: its pages, its indexes, and every response against its digest.
 *
 * @throws the file system's error where it cannot be read
 */
export function checkDatabaseFile(file: string): FileCheck {
  const handle = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return check(handle);
  } catch (error) {
    if (isDamage(error)) return { state: 'damaged', what: 'its pages cannot be read' };
    throw error;
  } finally {
    handle.close();
  }
}
