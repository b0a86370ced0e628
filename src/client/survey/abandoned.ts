import type { Channel } from '#core/contract/channel.ts';
import { isBegun } from '#core/flow/steps.ts';
import { DRAFT_LIFETIME_MS } from './draft-store.ts';
import type { Screen } from './screen.ts';

/**
 * The channel of a questionnaire that somebody left in the middle, last touched at `touchedAt`, and that belongs to nobody by
 * now; null while there is none. One that Send was pressed at is never given up.
 */
export function abandonedChannel(screen: Screen, touchedAt: number, now: number): Channel | null {
  const isOver = (since: number) => now - since >= DRAFT_LIFETIME_MS;
  if (screen.kind === 'resume')
    return isOver(screen.saved.savedAt) && !screen.saved.sealed ? screen.channel : null;
  if (screen.kind !== 'answering' || !isOver(touchedAt)) return null;
  const { channel, draft, admission, sending, sealed } = screen.answering;
  if (sending.kind !== 'not-yet' || sealed) return null;
  return isBegun(channel, draft) || admission ? channel : null;
}
