import { MAX_BATCH_ENVELOPES } from '../contract/protocol.ts';
import { isUnacknowledged, type OutboxEntry } from './entry.ts';
import type { OutboxState } from './state.ts';

/** So many of those that the server has are remembered, the latest: the store may still tell of them for a moment. */
const MOST_REMEMBERED = MAX_BATCH_ENVELOPES;

/** Only what the store holds too is let go: it offers it again by itself, should the server's database be restored. */
const mayGo = (entry: OutboxEntry) => !isUnacknowledged(entry) && entry.isStored;

/** A page that stays open all day, as on a counter's tablet, does not hold what it has sent for ever. */
export function forgetOldest(state: OutboxState): OutboxState {
  const spare = state.entries.filter(mayGo).length - MOST_REMEMBERED;
  if (spare <= 0) return state;
  const going = new Set(state.entries.filter(mayGo).slice(0, spare));
  return {
    ...state,
    entries: state.entries.filter((entry) => !going.has(entry)),
    forgotten: state.forgotten + spare,
  };
}
