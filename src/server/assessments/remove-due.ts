import { dayInBangkok } from '#core/life/day.ts';
import { lastDueDeletion } from '#core/life/deletion.ts';
import { kindOf } from '../error-kind.ts';
import { momentOf } from '../auditing/moment.ts';
import type { Log } from '../http/effects.ts';
import type { Storage } from '../storage/storage.ts';

interface RemovingEffects {
  storage: Storage;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
}

/**
 * Removes the assessments whose grace period after their deletion is over. Never rejects: what cannot be removed now is
 * removed the next time.
 */
export async function removeDue({ storage, now, log }: RemovingEffects): Promise<void> {
  try {
    const assessments = await storage.removeDeleted(
      lastDueDeletion(dayInBangkok(now())),
      momentOf(now()),
    );
    if (assessments > 0) log.info({ assessments }, 'deleted assessments removed for good');
  } catch (error) {
    log.error(kindOf(error), 'deleted assessments could not be removed');
  }
}
