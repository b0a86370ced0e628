import type Database from 'better-sqlite3';
import { sha256 } from '#server/sha256.ts';

interface Column {
  name: string;
  type: string;
  notnull: number;
}

interface Pointer {
  id: number;
  from: string;
  to: string | null;
  table: string;
}

/** Values that a table checks, by column. */
const FIXED: Readonly<Record<string, string | number>> = {
  state: 'open',
  suppression_threshold: 5,
  body: '{}',
  digest: sha256('{}'),
};

/** What tells one row of a table from another, whatever its columns are called. */
const textFor = (table: string, column: string, row: number) =>
  `${table} "${column}" ${row} — ข้อความ\n`;

/**
 * Puts two rows into every table: one with a value in each column, and one with as few as the table allows. So what moves them is
 * shown every table and column that there is, also those that somebody adds later.
 */
export function fillEveryTable(handle: Database.Database, tables: readonly string[]): void {
  handle.pragma('foreign_keys = off');
  for (const table of tables) {
    const columns = handle
      .prepare<[string], Column>('select * from pragma_table_info(?)')
      .all(table);
    const pointers = handle
      .prepare<[string], Pointer>('select * from pragma_foreign_key_list(?)')
      .all(table);
    for (const row of [1, 2]) {
      const values = columns.map(({ name, type, notnull }) => {
        if (row === 2 && notnull === 0) return null;
        const pointer = pointers.find(({ from }) => from === name);
        if (pointer && pointer.table !== table)
          return handle
            .prepare(`select "${pointer.to ?? 'id'}" from "${pointer.table}" limit 1`)
            .pluck()
            .get();
        if (pointer) return textFor(table, pointer.to ?? 'id', row);
        if (FIXED[name] !== undefined) return FIXED[name];
        if (/date/i.test(type)) return `2026-11-2${row}T01:02:03.456Z`;
        if (/int/i.test(type)) return row === 1 ? 1 : 0;
        return textFor(table, name, row);
      });
      handle
        .prepare(
          `insert or ${row === 1 ? 'replace' : 'ignore'} into "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')})
           values (${columns.map(() => '?').join(', ')})`,
        )
        .run(...values);
    }
  }
}
