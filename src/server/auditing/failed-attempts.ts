import { type AuditAction, NOBODY } from '#core/contract/audit.ts';
import type { FailedAttempt, FailedAttemptStorage } from '../storage/failed-attempt-rows.ts';
import { momentOf } from './moment.ts';

const WINDOW_MS = 60 * 60 * 1000;

/** Whose account somebody tried to get into; null: of none that there is. */
export type Tried = { id: string; name: string } | null;

/** Tells the log of failed attempts, not of each: nobody fills the disk with them. */
export interface FailedAttempts {
  /** The first of an account in an hour gets its entry; the others are counted. */
  count(action: AuditAction, tried: Tried): Promise<void>;
  /** Writes the counts of the hours that are over; of all hours where the server stops. */
  tellCounts(of: 'over' | 'all'): Promise<void>;
}

/**
 * Counts by kind and account, for all server processes on the database together: at most two entries an hour for each. What the
 * database does not take is counted in memory until it does. `now`: milliseconds since 1970.
 */
export function createFailedAttempts(
  storage: FailedAttemptStorage,
  now: () => number,
): FailedAttempts {
  const unwritten = new Map<string, FailedAttempt>();

  function keep(attempts: FailedAttempt) {
    const key = `${attempts.action} ${attempts.account}`;
    const kept = unwritten.get(key);
    unwritten.set(key, { ...attempts, more: attempts.more + (kept?.more ?? 0) });
  }

  async function writeKept() {
    for (const [key, attempts] of unwritten) {
      unwritten.delete(key);
      try {
        await storage.addFailedAttempts(attempts, now() + WINDOW_MS);
      } catch (error) {
        keep(attempts);
        throw error;
      }
    }
  }

  return {
    async count(action, tried) {
      const kind = { action, account: tried?.id ?? NOBODY, name: tried?.name ?? '' };
      try {
        const at = { now: now(), until: now() + WINDOW_MS, moment: momentOf(now()) };
        await storage.countFailedAttempt(kind, at);
      } catch (error) {
        keep({ ...kind, more: 1 });
        throw error;
      }
    },
    async tellCounts(of) {
      await writeKept();
      await storage.tellFailedAttempts(of === 'over' ? now() : null, momentOf(now()));
    },
  };
}
