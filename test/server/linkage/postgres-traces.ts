import type { Kysely } from 'kysely';
import type { Tables } from '#server/storage/tables.ts';
import { ROWS } from './arrivals.ts';
import {
  changedAt,
  type Item,
  itemsOf,
  readRelations,
  type Relation,
  removedBy,
  writtenBy,
} from './postgres-pages.ts';
import type { Clue, Trace } from './statistics.ts';

interface Found {
  row: string;
  page: number;
  offset: number;
  bytes: Buffer;
  /** Null: in bytes that belong to nothing any more. */
  item: Item | null;
}

/** Ids are unique but among the conflicts, where digests are, and in the tallies, where there are none. */
function isNamedBy(relation: string, row: string): boolean {
  if (relation.startsWith('combinations')) return row.startsWith('[');
  return row.length === (relation === 'conflicts' ? 64 : 36);
}

function rowsOf({ name, pages }: Relation): Found[] {
  return pages.flatMap((bytes, page) => {
    const items = itemsOf(bytes);
    return [...bytes.toString('latin1').matchAll(ROWS)]
      .filter(({ 0: row }) => isNamedBy(name, row))
      .map(({ 0: row, index }) => ({
        row,
        page,
        offset: index,
        bytes,
        item: items.find(({ start, end }) => start <= index && index < end) ?? null,
      }));
  });
}

function tracesOfRelation(relation: Relation): Trace[] {
  const { name, isTable } = relation;
  const found = rowsOf(relation);
  const live = found.filter(({ item }) => item !== null);
  const clues = (
    at: (one: Found) => number,
    some = live,
    within: (one: Found) => number = () => 0,
  ) => some.map((one): Clue => ({ row: one.row, within: within(one), at: at(one) }));
  const size = relation.pages[0]?.length ?? 0;
  const ofItem = (read: (page: Buffer, item: Item) => number) =>
    live.flatMap(({ row, bytes, item }): Clue[] =>
      item === null ? [] : [{ row, within: 0, at: read(bytes, item) }],
    );
  return [
    { name: `${name}: number of the page`, clues: clues(({ page }) => page) },
    // PostgreSQL fills a page from its end.
    {
      name: `${name}: place in the page`,
      clues: clues(
        ({ offset }) => -offset,
        live,
        ({ page }) => page,
      ),
    },
    { name: `${name}: last change of the page`, clues: clues(({ bytes }) => changedAt(bytes)) },
    {
      name: `${name}: remnants`,
      clues: clues(
        ({ page, offset }) => page * size - offset,
        found.filter(({ item }) => item === null),
      ),
    },
    ...(isTable
      ? [
          { name: `${name}: transaction that wrote`, clues: ofItem(writtenBy) },
          {
            name: `${name}: transaction that removed`,
            clues: ofItem(removedBy).filter(({ at }) => at > 0),
          },
        ]
      : []),
  ];
}

/** All that a superuser finds in the tables, the indexes and their bytes. */
export async function postgresTraces(database: Kysely<Tables>): Promise<Trace[]> {
  const relations = await readRelations(database);
  // A row of any table stands with the number of its transaction: what one transaction wrote came together.
  const together = relations
    .filter(({ isTable }) => isTable)
    .flatMap((relation) => rowsOf(relation))
    .flatMap(({ row, bytes, item }): Clue[] =>
      item === null ? [] : [{ row, within: 0, at: writtenBy(bytes, item) }],
    );
  return [
    ...relations.flatMap(tracesOfRelation),
    { name: 'transactions of all tables', clues: together, isOfAllTables: true },
  ];
}
