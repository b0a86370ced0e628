import { type Kysely, sql } from 'kysely';
import { ofChannels, type Places } from './places.ts';
import type { Tables } from './tables.ts';

/** How many rows of a table each of the channels has; channels without any are left out. */
export async function countByChannel(
  database: Kysely<Tables>,
  table: 'responses' | 'conflicts' | 'quarantine' | 'uncounted' | 'device_reports',
  places: Places,
): Promise<Map<string, number>> {
  if (places.size === 0) return new Map();
  const rows = await database
    .selectFrom(table)
    .select((expression) => ['channel', expression.fn.countAll().as('count')])
    .where(ofChannels(places))
    .groupBy('channel')
    .execute();
  return new Map(rows.map(({ channel, count }) => [channel, Number(count)]));
}

/** How many rows the channels have together of what was set aside, in one statement. */
export async function countSetAside(
  database: Kysely<Tables>,
  places: Places,
): Promise<{ quarantined: number; conflicts: number; uncounted: number }> {
  if (places.size === 0) return { quarantined: 0, conflicts: 0, uncounted: 0 };
  const countOf = (table: 'conflicts' | 'quarantine' | 'uncounted') =>
    sql`(select count(*) from ${sql.table(table)} where ${ofChannels(places)})`;
  const { rows } = await sql<Record<'quarantined' | 'conflicts' | 'uncounted', number | string>>`
    select ${countOf('quarantine')} as quarantined, ${countOf('conflicts')} as conflicts,
      ${countOf('uncounted')} as uncounted`.execute(database);
  const [counts] = rows;
  return {
    quarantined: Number(counts?.quarantined ?? 0),
    conflicts: Number(counts?.conflicts ?? 0),
    uncounted: Number(counts?.uncounted ?? 0),
  };
}
