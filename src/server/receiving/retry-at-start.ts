import { kindOf } from '../error-kind.ts';
import { noteOfServer } from '../auditing/server-act.ts';
import type { Log } from '../http/effects.ts';
import { retryAllQuarantined, type SetAsideEffects } from './set-aside.ts';

interface RetryingEffects extends SetAsideEffects {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Makes random UUIDs. */
  newId: () => string;
  log: Log;
}

/**
 * Counts what earlier builds set aside and this one understands. A server that cannot do so starts all the same: everything
 * stays where it is, and an admin or the next start tries again.
 */
export async function retryAtStart({ now, newId, log, ...effects }: RetryingEffects) {
  const { storage } = effects;
  const note = noteOfServer(now(), 'set-aside-retried');
  const id = newId();
  try {
    await storage.beginAct({ id, ...note });
    const { counted, duplicates, conflicts, uncounted, remaining } =
      await retryAllQuarantined(effects);
    const moved = counted + duplicates + conflicts + uncounted;
    const details = { count: String(moved) };
    await storage.settleAct(id, moved > 0 ? { ...note, details } : null);
    if (moved > 0)
      log.info({ counted, duplicates, conflicts, uncounted, remaining }, 'quarantine retried');
  } catch (error) {
    log.error(kindOf(error), 'the quarantine could not be retried');
  }
}
