// The files of a PostgreSQL cluster, byte for byte: the write-ahead log, also in files that wait for their next use, and whatever
// else lies in its folder but the tables and indexes, which postgres-pages.ts reads.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROWS } from './arrivals.ts';
import type { Clue, Trace } from './statistics.ts';

const PAGE_BYTES = 8192;
const LOG_FOLDER = 'pg_wal';
const TABLES_FOLDER = 'base';

/** Where a page of the log was written in the log as a whole: it stands at its head, whatever the file is called by now. */
const writtenAt = (page: Buffer): number => page.readUInt32LE(8) + page.readUInt32LE(12) * 2 ** 32;

function rowsOf(bytes: Buffer, at: (offset: number) => number): Clue[] {
  const found = bytes.toString('latin1').matchAll(ROWS);
  return [...found].map(({ 0: row, index }) => ({ row, within: 0, at: at(index) }));
}

/** Where each row stands first: later it is written again, in an order that says nothing. */
function firstOf(clues: readonly Clue[]): Clue[] {
  const firsts = new Map<string, Clue>();
  for (const clue of clues.toSorted((a, b) => a.at - b.at))
    if (!firsts.has(clue.row)) firsts.set(clue.row, clue);
  return [...firsts.values()];
}

/** All files below a folder. Some come and go while one looks. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** None of one that has gone away since its folder was read. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return Buffer.alloc(0);
    throw error;
  }
}

/** What every byte of the write-ahead log's files has of the rows; `until`: of what was written before the log had come there. */
export function logFiles(folder: string, until = Number.POSITIVE_INFINITY): Trace {
  const clues: Clue[] = [];
  for (const file of filesIn(join(folder, LOG_FOLDER))) {
    const bytes = bytesOf(file);
    const at = (offset: number) => {
      const start = offset - (offset % PAGE_BYTES);
      const page = bytes.subarray(start, start + PAGE_BYTES);
      return page.length < PAGE_BYTES ? offset : writtenAt(page) + (offset - start);
    };
    clues.push(...rowsOf(bytes, at));
  }
  return { name: 'write-ahead log', clues: firstOf(clues.filter(({ at }) => at < until)) };
}

/** What all other files have of them, and what the cluster has said into its log for people. */
export function otherFiles({ folder, said }: { folder: string; said: string }): Trace[] {
  const files = filesIn(folder).filter(
    (file) => ![LOG_FOLDER, TABLES_FOLDER].some((name) => file.startsWith(join(folder, name))),
  );
  return [
    ...files.map((file) => ({
      name: file.slice(folder.length + 1),
      clues: rowsOf(bytesOf(file), (offset) => offset),
    })),
    { name: 'log for people', clues: firstOf(rowsOf(Buffer.from(said), (offset) => offset)) },
  ];
}
