import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile } from '../storage/data-files.ts';
import { flush, renameDurably } from '../storage/durable-files.ts';
import { isDamage } from '../storage/storage-error.ts';
import {
  copyDurably,
  DATABASE,
  folderNameOf,
  OWNER_ONLY_FOLDER,
  protectDurably,
  SECRET,
  writeChecksums,
} from './backup-folder.ts';
import { BackupProblem } from './backup-problem.ts';
import { checkDatabaseFile, countRows, type RowCounts } from './check-database-file.ts';
import { markCopy } from './mark-copy.ts';
import { hasPendingRestore } from './pending-restore.ts';

/** Of these no row ever goes away: a copy with fewer than there were before it began is not whole. */
const ONLY_GROWING = ['responses', 'conflicts', 'assessments', 'channels'] as const;

export interface BackupOrder {
  dataDir: string;
  /** The folder that gets the backup's folder; null: DATA_DIR/backups. */
  to: string | null;
  /** Milliseconds since 1970. */
  now: number;
  /** Makes random UUIDs. */
  newId: () => string;
}

const damagedSource = (file: string, what: string, cause?: unknown) =>
  new BackupProblem(
    `The database ${file} is damaged (${what}), so this backup would be too: keep the older backups, and put the latest back with \`npm run restore -- <backup folder>\`.`,
    cause,
  );

/** Copies the database in one read transaction, while a server writes; returns how many rows there were before. */
function copyDatabase(file: string, copy: string): RowCounts {
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    // Else bytes of rows that were moved while the copy was made stay in it.
    source.pragma('secure_delete = ON');
    const before = countRows(source);
    source.prepare('vacuum into ?').run(copy);
    return before;
  } catch (error) {
    if (isDamage(error)) throw damagedSource(file, 'its pages cannot be read', error);
    throw error;
  } finally {
    source.close();
  }
}

function verify(source: string, copy: string, before: RowCounts): RowCounts {
  const found = checkDatabaseFile(copy);
  if (found.state === 'damaged') throw damagedSource(source, found.what);
  if (found.state === 'foreign')
    throw new BackupProblem(
      `${source} holds no answers of this program: check which folder DATA_DIR names.`,
    );
  if (found.state === 'newer')
    throw new BackupProblem(
      `${source} was used by a newer version of this program: make the backup with that version.`,
    );
  const fewer = ONLY_GROWING.find((table) => found.counts[table] < before[table]);
  if (fewer !== undefined)
    throw new BackupProblem(
      `The copy has fewer ${fewer} than the database: nothing was kept of it, try again.`,
    );
  return found.counts;
}

function fillFolder(folder: string, { dataDir, newId }: BackupOrder): RowCounts {
  const source = databaseFile(dataDir);
  const copy = join(folder, DATABASE);
  const before = copyDatabase(source, copy);
  markCopy(copy, newId());
  protectDurably(copy);
  const names = [DATABASE];
  if (existsSync(join(dataDir, SECRET))) {
    copyDurably(join(dataDir, SECRET), join(folder, SECRET));
    names.push(SECRET);
  }
  const counts = verify(source, copy, before);
  writeChecksums(folder, names);
  return counts;
}

/** One folder, not a row of them: where the folder above is missing, a disk is not there or the name is wrong. */
function makeParent(parent: string): void {
  if (existsSync(parent)) return;
  const above = dirname(parent);
  if (!existsSync(above))
    throw new BackupProblem(
      `${above} is not there: connect its disk, or name another folder with --to.`,
    );
  mkdirSync(parent, { mode: OWNER_ONLY_FOLDER });
  flush(above);
}

/**
 * Makes a backup of the SQLite database while a server may run, and verifies it. Until it is whole and verified its folder's
 * name ends in `.unfinished`.
 *
 * @throws BackupProblem, or the error of the database or file system; nothing is left of the backup then
 */
export function makeBackup(order: BackupOrder): { folder: string; counts: RowCounts } {
  const { dataDir, to, now } = order;
  const source = databaseFile(dataDir);
  if (hasPendingRestore(dataDir))
    throw new BackupProblem(
      `A restore in ${dataDir} was interrupted: start the server, which ends it, and make the backup then.`,
    );
  if (!existsSync(source) || statSync(source).size === 0)
    throw new BackupProblem(
      `There is no database in ${dataDir}: name the folder of the server's data with DATA_DIR.`,
    );
  const parent = to ?? join(dataDir, 'backups');
  makeParent(parent);
  const folder = join(parent, folderNameOf(now));
  if (existsSync(folder))
    throw new BackupProblem(`${folder} is there already: wait a second and try again.`);
  const unfinished = `${folder}.unfinished`;
  try {
    mkdirSync(unfinished, { mode: OWNER_ONLY_FOLDER });
    const counts = fillFolder(unfinished, order);
    flush(unfinished);
    renameDurably(unfinished, folder);
    return { folder, counts };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
