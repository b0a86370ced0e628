import type { Kysely } from 'kysely';
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
