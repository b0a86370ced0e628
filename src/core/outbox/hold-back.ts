import type { OutboxEntry } from './entry.ts';
import type { OutboxState } from './state.ts';
import { withStates } from './transitions.ts';

/**
 * Holds a response that was just kept back for a while, of which between half and all of `holdBackMs` is drawn by `random`: on a
 * device that one person after the other answers on, sending at once would tell the server when each of them stood there. All that
 * are held back leave together when the first is due. What only this page holds is not held back: it could be lost.
 */
export function holdBack(
  state: OutboxState,
  { envelope }: OutboxEntry,
  holdBackMs: number,
  now: number,
  random: number,
): OutboxState {
  const until = now + Math.round((holdBackMs / 2) * (1 + random));
  return withStates(state, (entry) =>
    entry.envelope.id === envelope.id && entry.isStored && entry.state.kind === 'queued'
      ? { kind: 'waiting', until, reason: 'held-back' }
      : entry.state,
  );
}
