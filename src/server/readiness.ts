import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Log } from './http/effects.ts';
import type { Taking } from './storage/taking.ts';

/** One look serves everybody who asks within it. */
const FRESH_MS = 1_000;

/** A database that takes longer takes too long for whoever waits for a page. */
const DATABASE_LIMIT_MS = 2_000;

/** One that takes so long may have been asked over a connection that leads nowhere any more: another is asked then. */
const ANOTHER_AFTER_MS = 30_000;

/** Each is a connection, of which the pool has ten. */
const MOST_ASKED = 3;

/** Below it the next tidying or backup may fill the disk. */
const LITTLE_ROOM_BYTES = 256 * 1024 * 1024;

export const readinessSchema = z.strictObject({
  /** Whether this process should be given requests. Tables are up to date before it listens. */
  status: z.enum(['ready', 'draining', 'database-silent']),
  /**
   * Of DATA_DIR; little besides where the database had no room for answers, wherever that lies. It is told and no reason to be given
   * nothing: pages are served, and devices keep what cannot be stored.
   */
  disk: z.enum(['enough', 'little', 'unknown']),
  /** How the database takes answers. As with the disk. @see Taking */
  database: z.enum(['takes', 'read-only', 'waits', 'unknown']),
});

export type Readiness = z.infer<typeof readinessSchema>;

export interface ReadinessEffects {
  /** @see Storage.taking */
  taking: () => Promise<Taking>;
  /** Whether the database had no room for answers just now. */
  isDatabaseFull: () => boolean;
  isDraining: () => boolean;
  /** Free bytes where the data lie. */
  diskRoom: () => Promise<number>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
}

/** What makes the answer to whether the server is ready; never rejects. That it is draining is known at once, the rest is a second old at most. */
export function createReadiness({
  taking,
  isDatabaseFull,
  isDraining,
  diskRoom,
  now,
  log,
}: ReadinessEffects): () => Promise<Readiness> {
  /** While a database keeps silent, those who ask each second would else soon have all connections: they wait for what was asked last. */
  let asked: { at: number; answer: Promise<Readiness['database']> } | null = null;
  let unanswered = 0;

  function ask(at: number) {
    async function hear() {
      const answered = await taking().catch(() => 'unknown' as const);
      unanswered -= 1;
      if (asked === asking) asked = null;
      return answered;
    }
    unanswered += 1;
    const asking = { at, answer: hear() };
    return asking;
  }

  function lastAsked() {
    const time = now();
    const isOld = asked && Math.abs(time - asked.at) >= ANOTHER_AFTER_MS;
    if (!asked || (isOld && unanswered < MOST_ASKED)) asked = ask(time);
    return asked.answer;
  }

  async function lookAtDatabase(): Promise<Readiness['database']> {
    const limit = new AbortController();
    const tooLong = pause(DATABASE_LIMIT_MS, 'unknown' as const, {
      signal: limit.signal,
      ref: false,
    });
    try {
      return await Promise.race([lastAsked(), tooLong]);
    } finally {
      tooLong.catch(() => undefined);
      limit.abort();
    }
  }

  async function lookAtDisk(): Promise<Readiness['disk']> {
    if (isDatabaseFull()) return 'little';
    try {
      return (await diskRoom()) < LITTLE_ROOM_BYTES ? 'little' : 'enough';
    } catch {
      return 'unknown';
    }
  }

  let isWaiting = false;

  /** Nobody else would: what waits for a standby fails nowhere. */
  function tellWaiting(database: Readiness['database']): void {
    // Once every connection waits, nobody is told so any more.
    if (database === 'unknown' || isWaiting === (database === 'waits')) return;
    isWaiting = !isWaiting;
    if (isWaiting) log.error({}, 'nothing is acknowledged: PostgreSQL waits for its standby');
    else log.info({}, 'PostgreSQL waits for its standby no more');
  }

  async function look(): Promise<Readiness> {
    const [database, disk] = await Promise.all([lookAtDatabase(), lookAtDisk()]);
    tellWaiting(database);
    return { status: database === 'unknown' ? 'database-silent' : 'ready', disk, database };
  }

  let seen: { at: number; look: Promise<Readiness> } | null = null;

  return async function readiness() {
    const time = now();
    if (!seen || time - seen.at >= FRESH_MS || time < seen.at) seen = { at: time, look: look() };
    const looked = await seen.look;
    return isDraining() ? { ...looked, status: 'draining' } : looked;
  };
}
