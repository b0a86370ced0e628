import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { checkDatabaseFile } from '../backup/check-database-file.ts';
import { StartProblem } from '../start-problem.ts';
import { databaseFile } from '../storage/data-files.ts';
import { migrationsFor } from '../storage/migrate.ts';

/**
 * What is the program's and not the office's: each database has its own. The epoch is among it, so that devices notice the move and
 * offer again what came to the old database since.
 */
const NOT_MOVED: ReadonlySet<string> = new Set([
  'database_life',
  'kysely_migration',
  'kysely_migration_lock',
  'limits',
  'limit_secrets',
]);

export interface SourceTable {
  name: string;
  columns: readonly string[];
  /** Where its rows point to each other: the column that names the row above, and what that is named by. */
  above: { column: string; key: string } | null;
}

type SourceRow = Readonly<Record<string, string | number | null>>;

/** The SQLite database of an office as it is at one moment; a server may go on using it. */
export interface Source {
  /** All that is to be moved: each table after those that it points to. */
  tables: readonly SourceTable[];
  /** Each row after the one that it points to. */
  rowsOf(table: SourceTable): Iterable<SourceRow>;
  close(): void;
}

function refuseUnsound(dataDir: string): void {
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    throw new StartProblem(
      `There is no SQLite database in ${dataDir}: set DATA_DIR to the folder of the office that is to be moved.`,
    );
  const check = checkDatabaseFile(file);
  if (check.state === 'damaged')
    throw new StartProblem(
      `The database ${file} is damaged (${check.what}): put the latest backup back with \`npm run restore\`, and move that.`,
    );
  if (check.state === 'foreign')
    throw new StartProblem(`${file} is not a database of this program: check DATA_DIR.`);
  if (check.state === 'newer')
    throw new StartProblem(
      `${file} was used by a newer version of this program: move it with that one.`,
    );
}

/** The tables, each after those that it points to. */
function inOrder(handle: Database.Database): SourceTable[] {
  const names = handle
    .prepare<[], string>("select name from sqlite_master where type = 'table' order by name")
    .pluck()
    .all()
    .filter((name) => !name.startsWith('sqlite_') && !NOT_MOVED.has(name));
  const pointedTo = handle
    .prepare<[string], string>('select distinct "table" from pragma_foreign_key_list(?)')
    .pluck();
  const columns = handle.prepare<[string], string>('select name from pragma_table_info(?)').pluck();
  const above = handle.prepare<[string, string], { column: string; key: string }>(
    'select "from" as "column", "to" as key from pragma_foreign_key_list(?) where "table" = ?',
  );
  const ordered = new Set<string>();
  function add(name: string, pointing: readonly string[] = []) {
    if (ordered.has(name) || pointing.includes(name)) return;
    for (const parent of pointedTo.all(name)) add(parent, [...pointing, name]);
    ordered.add(name);
  }
  for (const name of names) add(name);
  return [...ordered].map((name) => ({
    name,
    columns: columns.all(name),
    above: above.get(name, name) ?? null,
  }));
}

/** The rows from the top down: PostgreSQL refuses one whose row above is in a later statement. */
const topDown = (name: string, { column, key }: { column: string; key: string }) => `
  with recursive below (key, depth) as (
    select "${key}", 0 from "${name}" where "${column}" is null
    union all
    select one."${key}", depth + 1 from "${name}" as one join below on one."${column}" = below.key
  )
  select * from "${name}" left join below on below.key = "${key}" order by depth`;

function selectAll({ name, columns, above }: SourceTable): string {
  const from = above ? `(${topDown(name, above)})` : `"${name}"`;
  return `select ${columns.map((column) => `"${column}"`).join(', ')} from ${from}`;
}

/** @throws StartProblem where it cannot be moved as it is */
export function openSource(dataDir: string): Source {
  refuseUnsound(dataDir);
  const handle = new Database(databaseFile(dataDir), { readonly: true, fileMustExist: true });
  try {
    // One moment of the database from the first look to the last, whatever a server writes meanwhile.
    handle.exec('begin');
    const done = handle.prepare<[], string>('select name from kysely_migration').pluck().all();
    if (Object.keys(migrationsFor('sqlite')).some((name) => !done.includes(name)))
      throw new StartProblem(
        `The database in ${dataDir} is of an older version: start this version on it once, without DATABASE_URL, and then move it.`,
      );
    return {
      tables: inOrder(handle),
      rowsOf: (table) => handle.prepare<[], SourceRow>(selectAll(table)).iterate(),
      close: () => void handle.close(),
    };
  } catch (error) {
    handle.close();
    throw error;
  }
}
