import { copyFileSync, existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { databaseFile } from '#server/storage/data-files.ts';
import { openSqliteFile } from '#server/storage/sqlite.ts';
import { createWritingBack } from '#server/storage/write-back.ts';
import { newOffice } from '../backup/office.ts';
import { PATIENCE } from '../../support/patience.ts';

const run = promisify(execFile);

/** Enough that the thread begins. */
const ROWS = 200;

/** How many pages the log has, and how many of them are in the file. */
function logOf(handle: Database.Database) {
  const [found] = handle.pragma('wal_checkpoint(noop)') as { log: number; checkpointed: number }[];
  if (!found) throw new Error('SQLite says nothing of its log');
  return found;
}

const isAllInFile = (handle: Database.Database) => {
  const { log, checkpointed } = logOf(handle);
  return checkpointed === log;
};

function openRows(file: string) {
  const handle = openSqliteFile(file);
  handle.exec('create table rows (id integer primary key, body text)');
  const insert = handle.prepare('insert into rows (body) values (hex(zeroblob(2000)))');
  const insertAll = handle.transaction((count: number) => {
    for (let row = 0; row < count; row += 1) insert.run();
  });
  return { handle, insertAll };
}

/** A file into which rows are written, fewer than SQLite writes back by itself. */
function writtenFile() {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'rows.db');
  const { handle, insertAll } = openRows(file);
  const onLost = vi.fn<(error: unknown) => void>();
  const writingBack = createWritingBack({ kind: 'sqlite', file }, onLost);
  /** A commit that is told of. */
  function commit(rows: number) {
    insertAll(rows);
    writingBack.noteCommit(rows);
  }
  return { file, handle, writingBack, onLost, commit };
}

test('the log is written back by another thread, and begins anew', async () => {
  const { handle, writingBack, commit } = writtenFile();
  commit(ROWS - 1);
  const { log: before } = logOf(handle);
  commit(1);
  await vi.waitFor(() => expect(isAllInFile(handle)).toBe(true), PATIENCE);
  commit(1);
  expect(logOf(handle).log).toBeLessThan(before);
  await writingBack.close();
  handle.close();
});

test('nobody waits for it: a reader of an older moment keeps the log, and a later commit has it written back', async () => {
  const { file, handle, writingBack, commit } = writtenFile();
  // Nobody but the thread does it.
  handle.pragma('wal_autocheckpoint = 0');
  const reader = openSqliteFile(file);
  reader.exec('begin');
  reader.prepare('select count(*) from rows').get();
  commit(ROWS);
  commit(ROWS);
  expect(reader.prepare('select count(*) from rows').pluck().get()).toBe(0);
  reader.exec('commit');
  reader.close();
  await vi.waitFor(
    () => {
      const isWrittenBack = isAllInFile(handle);
      // The thread may still be at what it was asked for before the reader had gone.
      if (!isWrittenBack) commit(ROWS);
      expect(isWrittenBack).toBe(true);
    },
    { ...PATIENCE, interval: 250 },
  );
  await writingBack.close();
  handle.close();
});

test('closed, it holds the file no longer: whoever closes it last takes the log away', async () => {
  const { file, handle, writingBack, commit } = writtenFile();
  commit(ROWS);
  await writingBack.close();
  handle.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('a thread that is lost is told of, and the next commits begin another', async () => {
  const { file, handle, writingBack, onLost } = writtenFile();
  handle.close();
  rmSync(file);
  writingBack.noteCommit(ROWS);
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), PATIENCE);
  const anew = openRows(file);
  anew.insertAll(ROWS);
  writingBack.noteCommit(ROWS);
  await vi.waitFor(() => expect(isAllInFile(anew.handle)).toBe(true), PATIENCE);
  await writingBack.close();
  anew.handle.close();
  expect(onLost).toHaveBeenCalledOnce();
});

test('a thread that cannot begin is told of, and not whoever has just stored something', () => {
  const onLost = vi.fn<(error: unknown) => void>();
  // Neither an address nor a path, which is refused at once as where the system has no thread left.
  const writingBack = createWritingBack({ kind: 'sqlite', file: 'rows.db' }, onLost, 'nowhere');
  writingBack.noteCommit(ROWS);
  writingBack.noteCommit(ROWS);
  expect(onLost).toHaveBeenCalledTimes(2);
});

test('a damaged file is left to those who are asked for something', async () => {
  const { file, handle, writingBack, onLost, commit } = writtenFile();
  commit(ROWS);
  await vi.waitFor(() => expect(isAllInFile(handle)).toBe(true), PATIENCE);
  truncateSync(file, 0);
  writingBack.noteCommit(ROWS);
  await writingBack.close();
  handle.close();
  expect(onLost).not.toHaveBeenCalled();
});

/** How many responses are in the file itself, without its log. */
function countInFile(file: string): number {
  const copy = `${file}-copy`;
  copyFileSync(file, copy);
  const handle = openSqliteFile(copy);
  try {
    return Number(handle.prepare('select count(*) from responses').pluck().get());
  } finally {
    handle.close();
  }
}

test('a server has it done for what devices send, and leaves no log behind', async () => {
  const { dataDir, open } = newOffice();
  const { server, code } = await open();
  const file = databaseFile(dataDir);
  for (let from = 1; from <= ROWS; from += 50)
    await server.send(
      code,
      Array.from({ length: 50 }, (_, place) => from + place),
    );
  await vi.waitFor(() => expect(countInFile(file)).toBe(ROWS), PATIENCE);
  await server.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(server.errors).toEqual([]);
});

/** Ends the thread once it is there, which the log in the file tells. */
const ENDS_IT = `
  import { setTimeout } from 'node:timers/promises';
  import { openSqliteFile } from '#server/storage/sqlite.ts';
  import { createWritingBack } from '#server/storage/write-back.ts';
  const [, file] = process.argv;
  const handle = openSqliteFile(file);
  handle.exec('create table rows (id integer)');
  const writingBack = createWritingBack({ kind: 'sqlite', file }, console.error);
  writingBack.noteCommit(${ROWS});
  const left = ({ log, checkpointed }) => log - checkpointed;
  while (left(handle.pragma('wal_checkpoint(noop)')[0]) > 0) await setTimeout(20);
  await writingBack.close();
  console.log('closed');`;

test('a process that has nothing else to do waits for the end of the thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = ['--eval', ENDS_IT, join(folder, 'rows.db')];
  expect((await run(process.execPath, program, PATIENCE)).stdout).toBe('closed\n');
});
