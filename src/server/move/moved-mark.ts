import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from '../start-problem.ts';
import { writeDurably } from '../storage/durable-files.ts';

/** In DATA_DIR once its office is on PostgreSQL. */
const markFile = (dataDir: string) => join(dataDir, 'moved-to-postgresql');

/** What no server starts beside: the file that tells that the office is on PostgreSQL; null where it is not. */
export function movedMark(dataDir: string): string | null {
  const file = markFile(dataDir);
  return existsSync(file) ? file : null;
}

/** From now on no server takes answers into the SQLite database. `day`: ISO. */
export function markMoved(dataDir: string, day: string): void {
  writeDurably(
    markFile(dataDir),
    `Moved on ${day}. The answers that come since are in PostgreSQL.\n`,
  );
}

/** @throws StartProblem where the office is on PostgreSQL: what came in here would be missing there */
export function refuseMoved(dataDir: string): void {
  const mark = movedMark(dataDir);
  if (mark === null) return;
  throw new StartProblem(
    `This office was moved to PostgreSQL: set DATABASE_URL to it, or, to go on with SQLite and without what came since, remove ${mark}.`,
  );
}
