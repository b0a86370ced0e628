import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';

/** One look serves everybody who asks within it. */
const FRESH_MS = 1_000;

/** A database that takes longer takes too long for whoever waits for a page. */
const DATABASE_LIMIT_MS = 2_000;

/** Below it the next tidying or backup may fill the disk. */
const LITTLE_ROOM_BYTES = 256 * 1024 * 1024;

export const readinessSchema = z.strictObject({
  /** Whether this process should be given requests. Tables are up to date before it listens. */
  status: z.enum(['ready', 'draining', 'database-silent']),
  /** Of DATA_DIR. Little room is told and no reason to be given nothing: pages are served, and devices keep what cannot be stored. */
  disk: z.enum(['enough', 'little', 'unknown']),
});

export type Readiness = z.infer<typeof readinessSchema>;

export interface ReadinessEffects {
  ping: () => Promise<void>;
  isDraining: () => boolean;
  /** Free bytes where the data lie. */
  diskRoom: () => Promise<number>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What makes the answer to whether the server is ready; never rejects. That it is draining is known at once, the rest is a second old at most. */
export function createReadiness({
  ping,
  isDraining,
  diskRoom,
  now,
}: ReadinessEffects): () => Promise<Readiness> {
  async function doesDatabaseAnswer(): Promise<boolean> {
    const limit = new AbortController();
    const tooLong = pause(DATABASE_LIMIT_MS, false, { signal: limit.signal, ref: false });
    const answered = ping().then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([answered, tooLong]);
    } finally {
      tooLong.catch(() => undefined);
      limit.abort();
    }
  }

  async function lookAtDisk(): Promise<Readiness['disk']> {
    try {
      return (await diskRoom()) < LITTLE_ROOM_BYTES ? 'little' : 'enough';
    } catch {
      return 'unknown';
    }
  }

  async function look(): Promise<Readiness> {
    const [answers, disk] = await Promise.all([doesDatabaseAnswer(), lookAtDisk()]);
    return { status: answers ? 'ready' : 'database-silent', disk };
  }

  let seen: { at: number; look: Promise<Readiness> } | null = null;

  return async function readiness() {
    const time = now();
    if (!seen || time - seen.at >= FRESH_MS || time < seen.at) seen = { at: time, look: look() };
    const looked = await seen.look;
    return isDraining() ? { ...looked, status: 'draining' } : looked;
  };
}
