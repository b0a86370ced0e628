import { isDiskFull } from './storage/storage-error.ts';

/** Devices try again every five minutes at the latest: where nothing was refused for so long, nothing waits. */
const REMEMBERED_MS = 10 * 60_000;

/** Remembers that the database had no room for answers. Where PostgreSQL keeps its files is not to be seen from here, nor is a quota. */
export interface DatabaseRoom {
  noteKept(): void;
  noteFailure(error: unknown): void;
  isFull(): boolean;
}

/** `now`: milliseconds since 1970. */
export function createDatabaseRoom(now: () => number): DatabaseRoom {
  let fullAt: number | null = null;
  return {
    noteKept() {
      fullAt = null;
    },
    noteFailure(error) {
      if (isDiskFull(error)) fullAt = now();
    },
    // A clock that was set back is waited for no longer.
    isFull: () => fullAt !== null && Math.abs(now() - fullAt) < REMEMBERED_MS,
  };
}
