import { type AuditAction, NOBODY } from '#core/contract/audit.ts';
import type { Storage } from '../storage/storage.ts';
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

interface Window {
  action: AuditAction;
  tried: Tried;
  endsAt: number;
  /** Besides the first. */
  more: number;
}

/** Counts in memory, by kind and account: at most two entries an hour for each. `now`: milliseconds since 1970. */
export function createFailedAttempts(
  { appendAudit }: Pick<Storage, 'appendAudit'>,
  now: () => number,
): FailedAttempts {
  const windows = new Map<string, Window>();

  const tell = ({ action, tried, more }: Window) =>
    appendAudit({
      moment: momentOf(now()),
      account: tried?.id ?? NOBODY,
      name: tried?.name ?? '',
      action,
      assessment: null,
      details: more > 0 ? { more: String(more) } : {},
    });

  /** Where it cannot be told now, `attempts` are counted on, for the next time. */
  async function tellOrKeep(key: string, window: Window, attempts: number) {
    try {
      await tell(window);
    } catch (error) {
      const since = windows.get(key);
      if (since) since.more += attempts;
      else windows.set(key, { ...window, more: attempts });
      throw error;
    }
  }

  return {
    async count(action, tried) {
      const key = `${action} ${tried?.id ?? NOBODY}`;
      const known = windows.get(key);
      if (known && known.endsAt > now()) {
        known.more += 1;
        return;
      }
      const window = { action, tried, endsAt: now() + WINDOW_MS, more: 0 };
      windows.set(key, window);
      if (known && known.more > 0) await tellOrKeep(key, known, known.more + 1);
      await tellOrKeep(key, { ...window }, 1);
    },
    async tellCounts(of) {
      for (const [key, window] of windows) {
        if (of === 'over' && window.endsAt > now()) continue;
        windows.delete(key);
        if (window.more > 0) await tellOrKeep(key, window, window.more);
      }
    },
  };
}
