import { type Kysely, sql } from 'kysely';
import { detailsOf } from './audit-details.ts';
import { jsonKeys } from './json-rows.ts';
import type { Tables } from './tables.ts';

/** An account that was moved to where it is, and the number of the log's entry that says so. */
export interface Arrival {
  account: string;
  number: number;
}

/** When the accounts of the organizations came there, of those that were moved: what they did before is not of these. */
export async function selectArrivals(
  database: Kysely<Tables>,
  organizations: readonly string[],
): Promise<Arrival[]> {
  const people = await database
    .selectFrom('user')
    .select(['id', 'name'])
    .where('branch', 'in', sql<string>`(select key from ${jsonKeys(organizations)})`)
    .execute();
  const changes = await database
    .selectFrom('audit_log')
    .select(['number', 'details'])
    .where('action', '=', 'role-changed')
    .orderBy('number')
    .execute();
  const latest = new Map<string, number>();
  for (const { number, details } of changes) {
    const { person, organization } = detailsOf(details);
    if (person !== undefined && organization !== undefined) latest.set(person, number);
  }
  return people.flatMap(({ id, name }) => {
    const number = latest.get(name);
    return number === undefined ? [] : [{ account: id, number }];
  });
}
