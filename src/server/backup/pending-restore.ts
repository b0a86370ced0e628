import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, lifeFile } from '../storage/data-files.ts';
import { flush, renameDurably } from '../storage/durable-files.ts';
import { DATABASE, SECRET } from './backup-folder.ts';

/** The folder that says, by being there under this name, that what it holds is the database from now on. */
export const pendingFolder = (dataDir: string) => join(dataDir, 'restore-pending');

/** True from the moment a restore counts to the moment its files are in their places. */
export const hasPendingRestore = (dataDir: string) => existsSync(pendingFolder(dataDir));

/** Where a restore is; only tests listen, to stop it there. */
export type RestoreStep =
  | 'copied'
  | 'verified'
  | 'kept'
  | 'decided'
  | 'logs-removed'
  | 'secret-placed'
  | 'database-placed'
  | 'done';

/**
 * Puts the files of a restore that was decided in their places; can be stopped anywhere and done again, and does nothing where
 * none was decided. Whoever calls it holds the folder's lock, and nobody has the database open.
 */
export function finishRestore(dataDir: string, onStep?: (step: RestoreStep) => void): void {
  const pending = pendingFolder(dataDir);
  if (!existsSync(pending)) return;
  if (existsSync(join(pending, DATABASE))) {
    const database = databaseFile(dataDir);
    // First, and on disk: SQLite would apply the log of the database before to the one that takes its place.
    for (const ending of ['-wal', '-shm', '-journal'])
      rmSync(`${database}${ending}`, { force: true });
    rmSync(lifeFile(dataDir), { force: true });
    flush(dataDir);
    onStep?.('logs-removed');
    if (existsSync(join(pending, SECRET)))
      renameDurably(join(pending, SECRET), join(dataDir, SECRET));
    onStep?.('secret-placed');
    renameDurably(join(pending, DATABASE), database);
    // Else a power cut could bring the file back here, and the next start would put it over what came in since.
    flush(pending);
    onStep?.('database-placed');
  }
  rmSync(pending, { recursive: true, force: true });
  flush(dataDir);
}
