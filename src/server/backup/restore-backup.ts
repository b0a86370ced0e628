import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockDataDir } from '../storage/data-lock.ts';
import { flush, renameDurably } from '../storage/durable-files.ts';
import {
  copyChecked,
  copyDurably,
  DATABASE,
  folderNameOf,
  makeFolder,
  OWNER_ONLY_FOLDER,
  readChecksums,
  SECRET,
  writeChecksums,
} from './backup-folder.ts';
import { BackupProblem } from './backup-problem.ts';
import { checkDatabaseFile, type RowCounts } from './check-database-file.ts';
import { markCopy } from './mark-copy.ts';
import { finishRestore, pendingFolder, type RestoreStep } from './pending-restore.ts';

export interface RestoreOrder {
  dataDir: string;
  /** The backup's folder. */
  backup: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Makes random UUIDs. */
  newId: () => string;
  onStep?: (step: RestoreStep) => void;
}

/** What was in DATA_DIR before. `database`: null where there was none that could be read. */
interface Kept {
  folder: string;
  database: KeptDatabase | null;
}

/** `isNewer`: whether only a newer version of this program can put it back. */
interface KeptDatabase {
  counts: RowCounts;
  isNewer: boolean;
}

export interface Restored {
  counts: RowCounts;
  /** Null where there was nothing. */
  before: Kept | null;
}

function verify(backup: string, copy: string): RowCounts {
  const found = checkDatabaseFile(copy);
  const file = join(backup, DATABASE);
  if (found.state === 'damaged')
    throw new BackupProblem(`${file} is damaged (${found.what}): take another backup.`);
  if (found.state === 'foreign')
    throw new BackupProblem(
      `${file} is no database of this program: give a folder that \`npm run backup\` made.`,
    );
  if (found.state === 'newer')
    throw new BackupProblem(
      `${file} is of a newer version of this program: update the program first, then restore.`,
    );
  return found.counts;
}

/**
 * A copy of a sound database becomes a backup like any other, which can be restored; of a damaged one every file stays as it is. After an
 * update that was taken back it is of the newer version, which has what came since.
 */
function makeRestorable(folder: string, newId: () => string): KeptDatabase | null {
  try {
    const copy = join(folder, DATABASE);
    const found = checkDatabaseFile(copy);
    if (found.state !== 'sound' && found.state !== 'newer') return null;
    markCopy(copy, newId());
    const names = [DATABASE, SECRET].filter((name) => existsSync(join(folder, name)));
    writeChecksums(folder, names);
    return { counts: found.counts, isNewer: found.state === 'newer' };
  } catch {
    return null;
  }
}

/** Copies what is there now. database-life stays out: put back by hand, it would hide that the database was replaced. */
function keepPresent({ dataDir, now, newId }: RestoreOrder): Kept | null {
  const names = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, `${DATABASE}-journal`, SECRET];
  const present = names.filter((name) => existsSync(join(dataDir, name)));
  if (present.length === 0) return null;
  const folder = join(dataDir, `before-restore-${folderNameOf(now)}`);
  if (existsSync(folder))
    throw new BackupProblem(`${folder} is there already: wait a second and try again.`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: OWNER_ONLY_FOLDER });
  try {
    for (const name of present) copyDurably(join(dataDir, name), join(unfinished, name));
    const database = makeRestorable(unfinished, newId);
    flush(unfinished);
    renameDurably(unfinished, folder);
    return { folder, database };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

function restoreLocked(order: RestoreOrder): Restored {
  const { dataDir, backup, onStep } = order;
  // One that was stopped half-way is ended first: what it put in place is what is kept now.
  finishRestore(dataDir);
  const pending = pendingFolder(dataDir);
  const unfinished = `${pending}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: OWNER_ONLY_FOLDER });
  try {
    copyChecked(backup, unfinished);
    onStep?.('copied');
    const counts = verify(backup, join(unfinished, DATABASE));
    onStep?.('verified');
    const before = keepPresent(order);
    onStep?.('kept');
    flush(unfinished);
    // The one step that counts: before it the old database stands, after it the new one.
    renameDurably(unfinished, pending);
    onStep?.('decided');
    finishRestore(dataDir, onStep);
    onStep?.('done');
    return { counts, before };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * Puts a backup in the place of the SQLite database, after it has verified a copy of it, and keeps what was there. The server
 * begins a new epoch with it. Stopped at any point, the next start of the server finds either the old or the new database.
 *
 * @throws BackupProblem, or the error of the database or file system; the database of before stands then, or the next start
 * of the server ends the restore
 */
export function restoreBackup(order: RestoreOrder): Restored {
  const { dataDir, backup } = order;
  readChecksums(backup);
  makeFolder(dataDir);
  const lock = lockDataDir(dataDir);
  if (!lock)
    throw new BackupProblem(
      `A server runs on ${dataDir}: stop it first, restore, and start it again.`,
    );
  try {
    return restoreLocked(order);
  } finally {
    lock.release();
  }
}
