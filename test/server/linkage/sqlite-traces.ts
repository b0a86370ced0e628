import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ROWS } from './arrivals.ts';
import { type Cell, cellsOf, framesOf, type Pages, pagesOf } from './sqlite-pages.ts';
import type { Clue, Trace } from './statistics.ts';

interface Tree {
  name: string;
  root: number;
  /** With their ids keys begin, which are no rows. */
  organizations: ReadonlySet<string>;
}

const rowsIn = (text: string) => [...text.matchAll(ROWS)].map(([row]) => row);

/** The b-trees that are ordered by what stands in them; and the tables with row numbers. */
function readSchema(handle: Database.Database) {
  const trees = handle
    .prepare<[], Omit<Tree, 'organizations'> & { kind: string; definition: string | null }>(
      `select type as kind, name, rootpage as root, sql as definition from sqlite_master where rootpage > 0`,
    )
    .all();
  const isKeyed = ({ kind, definition }: (typeof trees)[number]) =>
    kind === 'index' || /without rowid/i.test(definition ?? '');
  const numbered = trees.filter((tree) => !isKeyed(tree)).map(({ name }) => name);
  const byNumber = numbered.flatMap((table) =>
    handle
      .prepare<[], Record<string, unknown>>(`select rowid as "row number", * from "${table}"`)
      .all()
      .flatMap((columns): Clue[] =>
        Object.values(columns)
          .flatMap((value) => (typeof value === 'string' ? rowsIn(value) : []))
          .map((row) => ({ row, within: table, at: Number(columns['row number']) })),
      ),
  );
  const ids = handle.prepare<[], string>('select id from organizations').pluck().all();
  const organizations = new Set(ids);
  return {
    keyed: trees.filter(isKeyed).map(({ name, root }): Tree => ({ name, root, organizations })),
    byNumber,
  };
}

/** The row that a cell is about: ids are unique but among the conflicts, where digests are, and in the tallies. */
const rowOf = ({ name, organizations }: Tree, { text }: Cell) => {
  const rows = rowsIn(text).filter((row) => !organizations.has(row));
  if (name === 'combinations') return rows.find((row) => row.startsWith('[')) ?? '';
  return (name === 'conflicts' ? rows.find(({ length }) => length === 64) : rows[0]) ?? '';
};

function tracesOfTree(pages: Pages, tree: Tree): Trace[] {
  const cells = cellsOf(pages, tree.root);
  const clue = (cell: Cell, at: number): Clue => ({ row: rowOf(tree, cell), within: 0, at });
  const overflowing = cells.filter(({ overflow }) => overflow > 0);
  return [
    {
      name: `${tree.name}: number of the page`,
      clues: cells.map((cell) => clue(cell, cell.page)),
    },
    {
      name: `${tree.name}: page of what did not fit`,
      clues: overflowing.map((cell) => clue(cell, cell.overflow)),
    },
  ];
}

const isOfTallies = ({ name }: Tree) => name === 'combinations' || name === 'unfolded';

/** SQLite fills a page from its end. */
const placesInPages = (name: string, pages: Pages, trees: readonly Tree[]): Trace => ({
  name,
  clues: trees.flatMap((tree) =>
    cellsOf(pages, tree.root).map((cell) => ({
      row: rowOf(tree, cell),
      within: cell.page,
      at: -cell.offset,
    })),
  ),
});

/** Rows in bytes that belong to no table: free pages, freed cells, the gap in a page. */
function remnants(pages: Pages, live: readonly Cell[]): Trace {
  const cellsIn = new Map<number, Cell[]>();
  for (const cell of live) cellsIn.set(cell.page, [...(cellsIn.get(cell.page) ?? []), cell]);
  const clues: Clue[] = [];
  for (let number = 1; number <= pages.count; number += 1)
    for (const { 0: row, index } of pages.page(number).toString('latin1').matchAll(ROWS)) {
      const isLive = cellsIn.get(number)?.some(({ offset, end }) => offset <= index && index < end);
      if (!isLive) clues.push({ row, within: 0, at: number * pages.size - index });
    }
  return { name: 'remnants', clues };
}

/** With which commit a row first stands in the write-ahead log. */
function firstCommits(wal: Buffer): Trace {
  const firsts = new Map<string, number>();
  let commit = 0;
  for (const { page, isCommit } of framesOf(wal)) {
    for (const row of rowsIn(page.toString('latin1')))
      if (!firsts.has(row)) firsts.set(row, commit);
    if (isCommit) commit += 1;
  }
  const clues = [...firsts].map(([row, at]): Clue => ({ row, within: 0, at }));
  return { name: 'write-ahead log', clues };
}

/** All that the files of a database give away to somebody who copies them. */
export function sqliteTraces(file: string): Trace[] {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-operator-'));
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(file, copy);
    const hasLog = existsSync(`${file}-wal`);
    if (hasLog) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const log = hasLog ? readFileSync(`${copy}-wal`) : Buffer.alloc(0);
    // Brings what is in the log into the copy.
    const handle = new Database(copy);
    handle.pragma('wal_checkpoint(truncate)');
    const { keyed, byNumber } = readSchema(handle);
    handle.close();
    const pages = pagesOf(readFileSync(copy));
    return [
      ...keyed.flatMap((tree) => tracesOfTree(pages, tree)),
      placesInPages(
        'place in the page',
        pages,
        keyed.filter((tree) => !isOfTallies(tree)),
      ),
      placesInPages('tallies: place in the page', pages, keyed.filter(isOfTallies)),
      { name: 'row numbers', clues: byNumber },
      remnants(
        pages,
        keyed.flatMap((tree) => cellsOf(pages, tree.root)),
      ),
      firstCommits(log),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
