import type { EntryState, OutboxEntry, WaitingReason } from './entry.ts';
import type { OutboxState, OutboxStep } from './state.ts';

// What the events have in common: small changes of entries.

export const QUEUED: EntryState = { kind: 'queued' };

export function isSending(entry: OutboxEntry): boolean {
  return entry.state.kind === 'sending';
}

export function isHeldBack(state: EntryState): boolean {
  return state.kind === 'waiting' && state.reason === 'held-back';
}

/** Whoever waits for the line or the server need not any more. */
export function released(state: EntryState): EntryState {
  return isHeldBack(state) ? state : evenIfHeldBack(state);
}

/** Nobody waits any more. */
export function evenIfHeldBack(state: EntryState): EntryState {
  return state.kind === 'waiting' ? QUEUED : state;
}

export function inVain(entry: OutboxEntry, reason: WaitingReason, until: number): OutboxEntry {
  return { ...entry, attempts: entry.attempts + 1, state: { kind: 'waiting', until, reason } };
}

/** The outbox with another state for each entry. */
export function withStates(
  state: OutboxState,
  stateOf: (entry: OutboxEntry) => EntryState,
): OutboxState {
  const entries = state.entries.map((entry) => ({ ...entry, state: stateOf(entry) }));
  return { ...state, entries };
}

export function withoutEffects(state: OutboxState): OutboxStep {
  return { state, effects: [] };
}
