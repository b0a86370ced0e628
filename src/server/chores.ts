import { kindOf } from './error-kind.ts';
import { removeDue } from './assessments/remove-due.ts';
import { tellDates } from './assessments/tell-dates.ts';
import { momentOf } from './auditing/moment.ts';
import { noteOfServer } from './auditing/server-act.ts';
import type { Log } from './http/effects.ts';
import { firstHourOf, lastHourOf } from './limits/marks.ts';
import type { KnownSealKeys } from './sealing/known-seal-keys.ts';
import type { Storage } from './storage/storage.ts';
import type { Tidier } from './tidying/tidier.ts';

const REMOVE_EVERY_MS = 60 * 60 * 1000;
const TELL_EVERY_MS = 10 * 60 * 1000;
const LOOK_EVERY_MS = 20 * 1000;
const FORGET_EVERY_MS = 60 * 1000;

/** No request takes so long: an act that began before is left by a server that stopped, or by storage that failed. */
const LEFT_AFTER_MS = 10 * 60 * 1000;

export interface ChoreEffects {
  storage: Storage;
  sealKeys: Pick<KnownSealKeys, 'forget'>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
}

/**
 * Brings the log up to date with what nobody was there to tell. `isAlone`: no other process uses the database, so that at a
 * start whatever was begun is left. Never rejects: what cannot be told now is told the next time.
 */
export async function catchUpLog(
  { storage, now, log }: ChoreEffects,
  { isAlone }: { isAlone: boolean },
): Promise<void> {
  try {
    await storage.settleLeftActs(isAlone ? null : momentOf(now() - LEFT_AFTER_MS));
    await tellDates(storage, now());
  } catch (error) {
    log.error(kindOf(error), 'the log of changes could not be brought up to date');
  }
}

/**
 * Tells the log that it goes on from a database that was put back (or taken over by another machine). An empty log is that of a
 * new database.
 */
export async function tellPutBack({ storage, now }: ChoreEffects): Promise<void> {
  const head = await storage.readAuditHead();
  if (head.number > 0) await storage.appendAudit(noteOfServer(now(), 'database-put-back'));
}

/** Nothing is left of who hurried. What cannot be removed now is removed the next time. */
export async function forgetLimits({ storage, now }: ChoreEffects): Promise<void> {
  const hours = { first: firstHourOf(now()), last: lastHourOf(now()) };
  await storage.forgetLimits(now(), hours).catch(() => undefined);
}

/** Counts in memory what the log is told of in numbers. */
export interface Counting {
  tellCounts(of: 'over' | 'all'): Promise<void>;
}

/** What a server does from time to time while it runs; returns what ends it. */
export function startChores(
  effects: ChoreEffects,
  countings: readonly Counting[],
  tidier: Tidier,
): () => void {
  async function tell() {
    await catchUpLog(effects, { isAlone: false });
    // What cannot be written now stays counted.
    for (const counting of countings) await counting.tellCounts('over').catch(() => undefined);
  }
  async function remove() {
    await removeDue(effects);
    // Also where another process removed it.
    effects.sealKeys.forget();
  }
  const timers = [
    setInterval(() => void remove(), REMOVE_EVERY_MS),
    setInterval(() => void tell(), TELL_EVERY_MS),
    setInterval(() => void tidier.look(), LOOK_EVERY_MS),
    setInterval(() => void forgetLimits(effects), FORGET_EVERY_MS),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
