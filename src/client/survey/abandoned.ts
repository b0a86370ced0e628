import type { Channel } from '#core/contract/channel.ts';
import { isBegun } from '#core/flow/steps.ts';
import { DRAFT_LIFETIME_MS } from './draft-store.ts';
import type { Screen } from './screen.ts';

/**
 * The channel of a questionnaire that somebody left in the middle, and that belongs to nobody where it has not been touched for so long;
 * null while there is none. One that Send was pressed at is never given up.
 */
export function abandonedChannel(screen: Screen, untouchedMs: number): Channel | null {
  if (untouchedMs < DRAFT_LIFETIME_MS) return null;
  if (screen.kind === 'resume') return screen.saved.sealed ? null : screen.channel;
  if (screen.kind !== 'answering') return null;
  const { channel, draft, admission, sending, sealed } = screen.answering;
  if (sending.kind !== 'not-yet' || sealed) return null;
  return isBegun(channel, draft) || admission ? channel : null;
}
