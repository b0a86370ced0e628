import { isUnacknowledged } from '#core/outbox/entry.ts';
import { isNearlyFull } from '../local/storage-room.ts';
import type { Outbox } from '../sync/outbox.ts';

/** From then on somebody should look why. */
const LONG_WAIT_MS = 60 * 60_000;

/** Why staff should look at the tablet; null while there is no need. */
export type Attention = 'waits-long' | 'refused' | 'storage' | null;

/** Reads the outbox's signals. `now`: milliseconds since the epoch. */
export function attentionOf(outbox: Outbox | null, now: number): Attention {
  if (outbox === null) return null;
  const left = outbox.entries.value.filter(isUnacknowledged);
  if (left.some(({ state }) => state.kind === 'refused')) return 'refused';
  if (outbox.trouble.value !== 'none' || isNearlyFull(outbox.room.value)) return 'storage';
  return left.some(({ keptAt }) => now - keptAt > LONG_WAIT_MS) ? 'waits-long' : null;
}
