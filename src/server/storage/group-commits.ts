import { setImmediate } from 'node:timers/promises';
import { isStorageUnavailable } from './storage-error.ts';
import type { Keeping, ResponsesToKeep } from './storage.ts';

/** Keeps responses in one transaction. @see Storage.keepResponses */
export type KeepResponses = (toKeep: ResponsesToKeep) => Promise<Keeping[]>;

/** Most rows in one transaction. PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766; a row has 5. */
const MOST_ROWS = 500;

/** So many calls are not made to wait for more. */
const MOST_CALLS = 100;

/** So long a commit waits at most for what is expected: some four times what it takes itself. */
const LONGEST_WAIT_MS = 8;

/** One call that waits for its commit. */
interface Waiting {
  toKeep: ResponsesToKeep;
  resolve: (keepings: Keeping[]) => void;
  reject: (error: unknown) => void;
}

const rowsOf = ({ toKeep }: Waiting) => toKeep.responses.length + toKeep.quarantined.length;

/** Takes the oldest calls off the queue, as many as fit into one transaction, at least one. */
function takeGroup(queue: Waiting[]): Waiting[] {
  let rows = 0;
  const end = queue.findIndex((one, index) => {
    rows += rowsOf(one);
    return index > 0 && rows > MOST_ROWS;
  });
  return queue.splice(0, end < 0 ? queue.length : end);
}

/** Answers every call of the group, never rejects. */
async function keepGroup(keep: KeepResponses, group: readonly Waiting[]): Promise<void> {
  try {
    const keepings = await keep({
      responses: group.flatMap(({ toKeep }) => toKeep.responses),
      quarantined: group.flatMap(({ toKeep }) => toKeep.quarantined),
    });
    let start = 0;
    for (const { toKeep, resolve } of group) {
      const end = start + toKeep.responses.length;
      resolve(keepings.slice(start, end));
      start = end;
    }
  } catch (error) {
    // A disk that is full is full for each of them; anything else may be the fault of one, and the others are kept.
    if (group.length === 1 || isStorageUnavailable(error))
      for (const { reject } of group) reject(error);
    else for (const one of group) await keepGroup(keep, [one]);
  }
}

export interface GroupCommits {
  keepResponses: KeepResponses;
  /** @see Storage.expecting */
  expecting: <Result>(judging: Promise<Result>) => Promise<Result>;
}

/**
 * Calls that arrive together share one transaction, because it is the commit that costs: what comes while one is written to
 * disk goes into the next. Each call resolves after its own commit, with its own results, as if it had been alone in the
 * order of the calls; each rejects if nothing of it was kept.
 */
export function groupCommits(keep: KeepResponses): GroupCommits {
  const queue: Waiting[] = [];
  let isKeeping = false;
  let expected = 0;

  /**
   * A turn of the event loop lets the requests in whose bytes have come already; as long as each brings more, they share a commit. So
   * do those whose seals are being opened: one that comes a moment late would wait for two commits.
   */
  async function untilNoMoreCome() {
    const latest = performance.now() + LONGEST_WAIT_MS;
    const isMoreToCome = (before: number) =>
      before < queue.length || (expected > 0 && performance.now() < latest);
    for (let before = -1; isMoreToCome(before) && before < MOST_CALLS;) {
      before = queue.length;
      await setImmediate();
    }
  }

  async function keepAll() {
    isKeeping = true;
    while (queue.length > 0) {
      await untilNoMoreCome();
      await keepGroup(keep, takeGroup(queue));
    }
    isKeeping = false;
  }

  return {
    async keepResponses(toKeep) {
      return new Promise((resolve, reject) => {
        queue.push({ toKeep, resolve, reject });
        if (!isKeeping) void keepAll();
      });
    },
    async expecting(judging) {
      expected += 1;
      try {
        return await judging;
      } finally {
        expected -= 1;
      }
    },
  };
}
