import { StartProblem } from '../start-problem.ts';
import { isStorageUnavailable } from '../storage/storage-error.ts';

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** PostgreSQL's own name for a disk without room. */
const DISK_FULL = '53100';

/** What ended a move that had begun, as the sentence that says the mend where PostgreSQL did; anything else stays what it is. */
export function brokenOff(error: unknown): unknown {
  if (error instanceof StartProblem || codeOf(error).startsWith('SQLITE_')) return error;
  if (!isStorageUnavailable(error)) return error;
  const mend =
    codeOf(error) === DISK_FULL
      ? 'PostgreSQL has no room left: make space on its disk'
      : 'PostgreSQL ended or cannot be reached any more: see to it that it runs';
  return new StartProblem(
    `${mend} and begin again; nothing was kept there, and the old database is as it was.`,
    error,
  );
}
