import { noteOfServer } from '../auditing/server-act.ts';
import { dayInBangkok } from '../day.ts';
import type { Storage } from '../storage/storage.ts';

/** More people than these do not stand at one counter within half a minute and scan, each with a phone of their own. */
export const MOST_BY_ONE_CODE = 10;

/** So many codes are remembered at the most, the latest: some megabytes. */
const MOST_CODES = 50_000;

/** The code that a counted response came by. */
export interface UsedCode {
  assessment: string;
  channel: string;
  window: number;
}

/** Notices codes of displays that many answered by, and tells the log. */
export interface CodeUse {
  count(code: UsedCode): void;
  /** Tells of the days that are over; of all where the server stops. What cannot be told now stays counted. */
  tellCounts(of: 'over' | 'all'): Promise<void>;
}

interface Crowd {
  assessment: string;
  channel: string;
  /** ISO, in Thailand. */
  day: string;
  count: number;
}

/**
 * Counts in memory alone, by channel and window: in the database such a count would say when somebody stood at the counter. What
 * is told is a day, a channel, and how many came by codes that more than MOST_BY_ONE_CODE answered by. `now`: milliseconds since 1970.
 */
export function createCodeUse(
  { appendAudit }: Pick<Storage, 'appendAudit'>,
  now: () => number,
): CodeUse {
  /** In the order in which they were first used. */
  const uses = new Map<string, number>();
  const crowds = new Map<string, Crowd>();

  function add(crowd: Crowd): void {
    const key = `${crowd.channel} ${crowd.day}`;
    const count = (crowds.get(key)?.count ?? 0) + crowd.count;
    crowds.set(key, { ...crowd, count });
  }

  return {
    count({ assessment, channel, window }) {
      const key = `${channel} ${window}`;
      const used = (uses.get(key) ?? 0) + 1;
      uses.set(key, used);
      const [first] = uses.keys();
      if (uses.size > MOST_CODES && first !== undefined) uses.delete(first);
      if (used <= MOST_BY_ONE_CODE) return;
      // The one that is too many makes a crowd of all of them.
      const count = used === MOST_BY_ONE_CODE + 1 ? used : 1;
      add({ assessment, channel, day: dayInBangkok(now()), count });
    },
    async tellCounts(of) {
      const today = dayInBangkok(now());
      for (const [key, crowd] of crowds) {
        if (of === 'over' && crowd.day >= today) continue;
        crowds.delete(key);
        const { assessment, channel, day, count } = crowd;
        const details = { channel, day, count: String(count) };
        try {
          await appendAudit(noteOfServer(now(), 'display-code-shared', { assessment, details }));
        } catch (error) {
          add(crowd);
          throw error;
        }
      }
    },
  };
}
