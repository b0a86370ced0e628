import Database from 'better-sqlite3';
import { ALLOWED_COLUMNS } from './allowed-columns.ts';

/** Those that have more rows with each assessment, channel or answer. */
const GROWING_TABLES = new Set(
  Object.entries(ALLOWED_COLUMNS)
    .filter(([, columns]) => columns.includes('assessment_id') || columns.includes('channel'))
    .map(([table]) => table),
);

type Prepare = (this: Database.Database, statement: string) => Database.Statement;

/** Hears of every statement that this process has SQLite prepare from now on. */
export function hearStatements(): ReadonlySet<string> {
  const heard = new Set<string>();
  const prepare = Reflect.get(Database.prototype, 'prepare') as Prepare;
  Reflect.set(Database.prototype, 'prepare', function hear(this: Database.Database, text: string) {
    heard.add(text);
    return prepare.call(this, text);
  });
  return heard;
}

/**
 * The growing tables of which a statement reads every row, or every entry of an index, as SQLite plans it; none where it names
 * what is not there, as those of a migration, of the accounts and of tests do.
 */
export function growingTablesReadWhole(handle: Database.Database, statement: string): string[] {
  if (!/^(select|insert|update|delete|with)\b/i.test(statement)) return [];
  const values = Array.from({ length: statement.split('?').length - 1 }, () => null);
  try {
    const steps = handle
      .prepare<unknown[], { detail: string }>(`explain query plan ${statement}`)
      .all(...values);
    const tables = steps.flatMap(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? []);
    return [...new Set(tables)].filter((table) => GROWING_TABLES.has(table));
  } catch (error) {
    if (error instanceof Error && /^no such (table|column)/.test(error.message)) return [];
    throw error;
  }
}
