import { join } from 'node:path';
import Database from 'better-sqlite3';

const FILE = 'server-lock.db';

/** Held until it is released or the process ends, however it ends. */
export interface DataLock {
  release(): void;
}

/**
 * Takes the folder for this process alone; null if another one has it. The lock is SQLite's own on an empty file that stays:
 * the operating system lets go of it also after kill -9, which a file that says "taken" would survive.
 *
 * @throws SqliteError where the file cannot be made or opened
 */
export function lockDataDir(dataDir: string): DataLock | null {
  const handle = new Database(join(dataDir, FILE), { timeout: 0 });
  try {
    // No journal: nothing is ever written to the file.
    handle.pragma('journal_mode = MEMORY');
    handle.exec('begin exclusive');
    return { release: () => void handle.close() };
  } catch (error) {
    handle.close();
    const isHeld = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
    if (isHeld) return null;
    throw error;
  }
}
