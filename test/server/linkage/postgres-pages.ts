// The pages of PostgreSQL's tables and indexes, as its manual describes them (Database Physical Storage).
import { type Kysely, sql } from 'kysely';
import type { Tables } from '#server/storage/tables.ts';

const HEADER_BYTES = 24;
const ITEM_BYTES = 4;
const NORMAL_ITEM = 1;

export interface Relation {
  name: string;
  isTable: boolean;
  pages: readonly Buffer[];
}

/** The bytes of all tables and indexes that are not PostgreSQL's own, with the extension pageinspect. */
export async function readRelations(database: Kysely<Tables>): Promise<Relation[]> {
  await sql`create extension if not exists pageinspect`.execute(database);
  const { rows } = await sql<{ name: string; kind: string; pages: number }>`
    select oid::regclass::text as name, relkind as kind,
      (pg_relation_size(oid) / current_setting('block_size')::int)::int as pages
    from pg_class
    where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace
      or oid in (select reltoastrelid from pg_class where relnamespace = 'public'::regnamespace)
    order by 1`.execute(database);
  const relations: Relation[] = [];
  for (const { name, kind, pages } of rows) {
    if (pages === 0) continue;
    const found = await sql<{ page: Buffer }>`
      select get_raw_page(${name}, number) as page
      from generate_series(0, ${pages - 1}::int) as number order by number`.execute(database);
    relations.push({ name, isTable: kind !== 'i', pages: found.rows.map(({ page }) => page) });
  }
  return relations;
}

/** A row of a table or an entry of an index that is in use, also where it is of a row that was deleted. */
export interface Item {
  start: number;
  end: number;
}

export function itemsOf(page: Buffer): Item[] {
  const lower = page.readUInt16LE(12);
  const items: Item[] = [];
  for (let place = HEADER_BYTES; place < lower; place += ITEM_BYTES) {
    const pointer = page.readUInt32LE(place);
    const start = pointer & 0x7fff;
    const length = pointer >>> 17;
    if (((pointer >>> 15) & 3) === NORMAL_ITEM) items.push({ start, end: start + length });
  }
  return items;
}

/** The place in the write-ahead log at which a page was changed last. */
export const changedAt = (page: Buffer): number =>
  page.readUInt32LE(0) * 2 ** 32 + page.readUInt32LE(4);

/** The numbers of the transactions that wrote and that removed a row of a table. */
export const writtenBy = (page: Buffer, { start }: Item): number => page.readUInt32LE(start);
export const removedBy = (page: Buffer, { start }: Item): number => page.readUInt32LE(start + 4);
