import { sql, type Transaction } from 'kysely';
import type { Tables } from '../storage/tables.ts';
import type { RowText } from './table-digest.ts';

/** PostgreSQL takes 65,535 parameters in a statement. */
const MOST_VALUES = 20_000;
const MOST_ROWS = 1_000;

export const rowsAtOnce = (columns: number) =>
  Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns));

/** A column as PostgreSQL has it; `type`: its data type in plain words. */
export interface TargetColumn {
  name: string;
  type: string;
}

export async function columnsIn(
  transaction: Transaction<Tables>,
  table: string,
): Promise<TargetColumn[]> {
  const { rows } = await sql<TargetColumn>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = current_schema() and table_name = ${table}
    order by ordinal_position`.execute(transaction);
  return rows;
}

export async function countIn(transaction: Transaction<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from ${sql.table(table)}`.execute(transaction);
  return Number(rows[0]?.count ?? 0);
}

const isMoment = (type: string) => type.startsWith('timestamp');

/** A value of SQLite as text, as PostgreSQL tells it back. @see readBack */
export function textOf(value: string | number | null, { type }: TargetColumn): string | null {
  if (value === null) return null;
  if (type === 'boolean') return value === 0 || value === 'false' ? 'false' : 'true';
  if (isMoment(type)) return new Date(value).toISOString();
  return String(value);
}

export async function insertRows(
  transaction: Transaction<Tables>,
  table: string,
  columns: readonly TargetColumn[],
  rows: readonly RowText[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.join(columns.map(({ name }) => sql.ref(name)));
  const values = sql.join(rows.map((row) => sql`(${sql.join(row)})`));
  await sql`insert into ${sql.table(table)} (${names}) values ${values}`.execute(transaction);
}

/** A column as text. */
function toldBack({ name, type }: TargetColumn) {
  if (!isMoment(type)) return sql`${sql.ref(name)}::text`;
  return sql`to_char(${sql.ref(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** All rows of the table, as they are stored, a batch at a time. */
export async function* readBack(
  transaction: Transaction<Tables>,
  table: string,
  columns: readonly TargetColumn[],
): AsyncGenerator<RowText[]> {
  const values = sql.join(columns.map(toldBack));
  await sql`declare moved no scroll cursor for
    select array[${values}] as values from ${sql.table(table)}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<{ values: (string | null)[] }>`
      fetch ${sql.lit(MOST_ROWS)} from moved`.execute(transaction);
    if (rows.length === 0) break;
    yield rows.map((row) => row.values);
  }
  await sql`close moved`.execute(transaction);
}
