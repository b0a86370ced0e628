import type { Log } from '../http/effects.ts';
import { retryAllQuarantined, type SetAsideEffects } from './set-aside.ts';

/**
 * Counts what earlier builds set aside and this one understands. A server that cannot do so starts all the same: everything
 * stays where it is, and an admin or the next start tries again.
 */
export async function retryAtStart({ log, ...effects }: SetAsideEffects & { log: Log }) {
  try {
    const { counted, duplicates, conflicts, remaining } = await retryAllQuarantined(effects);
    if (counted + duplicates + conflicts > 0)
      log.info({ counted, duplicates, conflicts, remaining }, 'quarantine retried');
  } catch (error) {
    log.error(
      { error: error instanceof Error ? error.name : typeof error },
      'the quarantine could not be retried',
    );
  }
}
