import { accessSync, constants } from 'node:fs';
import { makeFolder } from './backup/backup-folder.ts';
import type { Config } from './config.ts';
import { StartProblem } from './start-problem.ts';
import { type DataLock, lockDataDir } from './storage/data-lock.ts';
import { sqliteProblem } from './storage/start-mend.ts';

/** Makes the folder if it is not there. @throws StartProblem where it cannot be used */
export function prepareDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartProblem(
      `DATA_DIR cannot be used: let the server write to the folder ${dataDir}, or name another with DATA_DIR.`,
      error,
    );
  }
}

/** The lock on the folder while a SQLite database in it is in use; PostgreSQL is for several processes. @throws StartProblem */
export function takeDataDir({ database, dataDir }: Config): DataLock {
  if (database.kind === 'postgres') return { release: () => undefined };
  let lock: DataLock | null;
  try {
    lock = lockDataDir(dataDir);
  } catch (error) {
    throw sqliteProblem(error, dataDir);
  }
  if (lock) return lock;
  throw new StartProblem(
    `The folder ${dataDir} is in use: stop the other server or the restore first, or name another folder with DATA_DIR.`,
  );
}
