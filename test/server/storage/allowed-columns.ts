import { STORED_TABLES } from '#core/privacy/stored.ts';

/**
 * Every table and column that a database of this product may have. A new one goes into src/core/privacy/stored.ts, which says
 * whom it is about, with words in locales/<lang>/privacy.json where that is the people who answer, and into docs/privacy.md.
 */
export const ALLOWED_COLUMNS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(STORED_TABLES).map(([table, { columns }]) => [table, columns.toSorted()]),
);

/** The columns of each table, from rows in order of table and column. */
export function columnsByTable(
  rows: readonly { table: string; column: string }[],
): Record<string, string[]> {
  const tables = [...new Set(rows.map(({ table }) => table))];
  return Object.fromEntries(
    tables.map((name) => [
      name,
      rows.filter(({ table }) => table === name).map(({ column }) => column),
    ]),
  );
}
