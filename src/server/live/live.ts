import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';

/**
 * The figures of an assessment are looked at so often while somebody has them open: in steps of its own, so that the moment of an
 * event says nothing more about a response. What was stored is told within two seconds, the way to the reader included.
 */
export const LOOK_EVERY_MS = 1_500;

/** So many assessments are looked at at once: one that takes long holds up no other, and most connections are left to whoever sends. */
export const MOST_AT_ONCE = 4;

/** Of one process: each is a connection that stays open. */
export const MOST_STREAMS = 500;

/** A browser has six connections to a site on plain HTTP, and some have to stay free for what somebody does there. */
export const MOST_OF_SESSION = 3;

/** Nobody keeps everybody else's figures from being live. */
export const MOST_OF_ACCOUNT = 20;

/** Who is told of changes, and how. */
export interface Follower {
  session: string;
  account: string;
  onChange: () => void;
  /** Others of theirs began later than this one and are as many as may be: it is told nothing more. */
  onCrowdedOut: () => void;
}

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
   * Of one session or account the oldest gives way, as nobody may be there any more who listens to it.
   * Rejects where the figures cannot be looked at.
   */
  follow(assessment: Assessment['id'], follower: Follower): Promise<(() => void) | null>;
}

interface Followed {
  revision: Promise<string | null>;
  followers: Set<Follower>;
  isBeingLookedAt: boolean;
}

/**
 * One look in each step serves all who have the same figures open, whichever process stored what is new. Where a step is too short for
 * all of them, those whose turn it was not come first in the next.
 */
export function createLive({ revisionOf, onLeft }: LiveEffects): Live {
  const open = new Map<string, Followed>();
  let timer: NodeJS.Timeout | null = null;
  /** Those to be looked at, the longest waiting first. */
  const due = new Set<string>();
  let lookers = 0;
  /** All of them, the oldest first, each with what ends it. */
  const streams = new Map<Follower, () => void>();

  async function lookAt(assessment: string, followed: Followed): Promise<void> {
    const before = await followed.revision;
    const revision = await revisionOf(assessment);
    if (revision === before) return;
    followed.revision = Promise.resolve(revision);
    for (const { onChange } of followed.followers) onChange();
  }

  async function goThrough(): Promise<void> {
    lookers += 1;
    for (const assessment of due) {
      due.delete(assessment);
      const followed = open.get(assessment);
      if (!followed) continue;
      followed.isBeingLookedAt = true;
      // SQLite answers without a pause: whoever else asks would wait for all of them.
      await setImmediate();
      // What cannot be looked at now is looked at in the next step.
      await lookAt(assessment, followed).catch(() => undefined);
      followed.isBeingLookedAt = false;
    }
    lookers -= 1;
  }

  function look(): void {
    for (const [assessment, { isBeingLookedAt }] of open) if (!isBeingLookedAt) due.add(assessment);
    while (lookers < MOST_AT_ONCE && due.size > 0) void goThrough();
  }

  function leave(assessment: string, followed: Followed, follower: Follower): void {
    if (!followed.followers.delete(follower)) return;
    streams.delete(follower);
    if (followed.followers.size === 0 && open.delete(assessment)) onLeft(assessment);
    if (open.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  }

  function crowdOut(isTheirs: (other: Follower) => boolean, most: number): void {
    const theirs = [...streams].filter(([other]) => isTheirs(other));
    const [oldest] = theirs;
    if (!oldest || theirs.length < most) return;
    const [follower, end] = oldest;
    end();
    follower.onCrowdedOut();
  }

  return {
    async follow(assessment, follower) {
      const { session, account } = follower;
      crowdOut((other) => other.session === session, MOST_OF_SESSION);
      crowdOut((other) => other.account === account, MOST_OF_ACCOUNT);
      if (streams.size >= MOST_STREAMS) return null;
      const known = open.get(assessment);
      const followed = known ?? {
        revision: revisionOf(assessment),
        followers: new Set(),
        isBeingLookedAt: false,
      };
      open.set(assessment, followed);
      followed.followers.add(follower);
      const end = () => leave(assessment, followed, follower);
      streams.set(follower, end);
      // A process that ends waits for no look.
      timer ??= setInterval(look, LOOK_EVERY_MS).unref();
      try {
        await followed.revision;
      } catch (error) {
        end();
        throw error;
      }
      return end;
    },
  };
}
