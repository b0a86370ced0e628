import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from '../start-problem.ts';
import { writeDurably } from '../storage/durable-files.ts';

/** In DATA_DIR once its office is on PostgreSQL. */
const markFile = (dataDir: string) => join(dataDir, 'moved-to-postgresql');

/** From now on no server takes answers into the SQLite database. `day`: ISO. */
export function markMoved(dataDir: string, day: string): void {
  writeDurably(
    markFile(dataDir),
    `Moved on ${day}. The answers that come since are in PostgreSQL.\n`,
  );
}

/** @throws StartProblem where the office is on PostgreSQL: what came in here would be missing there */
export function refuseMoved(dataDir: string): void {
  if (!existsSync(markFile(dataDir))) return;
  throw new StartProblem(
    `This office was moved to PostgreSQL: set DATABASE_URL to it, or, to go on with SQLite and without what came since, remove ${markFile(dataDir)}.`,
  );
}
