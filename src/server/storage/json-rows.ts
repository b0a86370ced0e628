import { type RawBuilder, sql } from 'kysely';

/**
 * Rows as one parameter, for `from json_each(...)`, which SQLite and PostgreSQL both have for an object: each member's key is in
 * `key`, what it holds in `value`. One statement then serves any number of rows, and stays prepared.
 */
export const jsonRows = (rows: readonly object[]): RawBuilder<unknown> =>
  sql`json_each(${JSON.stringify(Object.fromEntries(rows.map((row, place) => [String(place), row])))})`;

/** Texts as one parameter, for `select key from`. Each is there once. */
export const jsonKeys = (keys: readonly string[]): RawBuilder<unknown> =>
  sql`json_each(${`{${[...new Set(keys)].map((key) => `${JSON.stringify(key)}:0`).join(',')}}`})`;
