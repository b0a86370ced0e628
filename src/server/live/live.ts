import type { Assessment } from '#core/contract/assessment.ts';

/**
 * The figures of an assessment are looked at so often while somebody has them open: in steps of its own, so that the moment of an
 * event says nothing more about a response. What was stored is told within two seconds, the way to the reader included.
 */
export const LOOK_EVERY_MS = 1_500;

/** Of one process: each is a connection that stays open. */
export const MOST_STREAMS = 500;

export interface LiveEffects {
  /** Names what is on show of an assessment: another text where that has changed; null where it is gone. */
  revisionOf: (assessment: string) => Promise<string | null>;
  /** Nobody has it open any more. */
  onLeft: (assessment: string) => void;
}

/** Tells whoever has an assessment's figures open that there are others by now. */
export interface Live {
  /**
   * Calls back after each change from now on, until the function that it gives is called; null where too many are told already.
   * Rejects where the figures cannot be looked at.
   */
  follow(assessment: Assessment['id'], onChange: () => void): Promise<(() => void) | null>;
}

interface Followed {
  revision: Promise<string | null>;
  followers: Set<() => void>;
}

/** One look in each step serves all who have the same figures open, whichever process stored what is new. */
export function createLive({ revisionOf, onLeft }: LiveEffects): Live {
  const open = new Map<string, Followed>();
  let timer: NodeJS.Timeout | null = null;
  let isLooking = false;
  let streams = 0;

  async function lookAt(assessment: string, followed: Followed): Promise<void> {
    const before = await followed.revision;
    const revision = await revisionOf(assessment);
    if (revision === before) return;
    followed.revision = Promise.resolve(revision);
    for (const onChange of followed.followers) onChange();
  }

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    for (const [assessment, followed] of open)
      // What cannot be looked at now is looked at in the next step.
      await lookAt(assessment, followed).catch(() => undefined);
    isLooking = false;
  }

  function leave(assessment: string, followed: Followed, onChange: () => void): void {
    if (!followed.followers.delete(onChange)) return;
    streams -= 1;
    if (followed.followers.size === 0 && open.delete(assessment)) onLeft(assessment);
    if (open.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  }

  return {
    async follow(assessment, onChange) {
      if (streams >= MOST_STREAMS) return null;
      const known = open.get(assessment);
      const followed = known ?? { revision: revisionOf(assessment), followers: new Set() };
      open.set(assessment, followed);
      followed.followers.add(onChange);
      streams += 1;
      // A process that ends waits for no look.
      timer ??= setInterval(() => void look(), LOOK_EVERY_MS).unref();
      try {
        await followed.revision;
      } catch (error) {
        leave(assessment, followed, onChange);
        throw error;
      }
      return () => leave(assessment, followed, onChange);
    },
  };
}
