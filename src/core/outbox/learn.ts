import type { EntryState, OutboxEntry } from './entry.ts';
import { isQuiet } from './quiet.ts';
import type { OutboxState, OutboxStep } from './state.ts';
import { QUEUED } from './transitions.ts';

/**
 * Adds what the store holds and this tab does not know yet. What is known keeps its state, and stays even if the store
 * lost it: that it is gone from there does not show that the server has it. What was acknowledged and is still stored is
 * removed once more.
 */
export function learn(state: OutboxState, stored: readonly OutboxEntry[], now: number): OutboxStep {
  const known = new Map(state.entries.map((entry) => [entry.envelope.id, entry.state.kind]));
  const unknown = stored
    .filter((entry) => !known.has(entry.envelope.id))
    .map((entry) => ({ ...entry, state: firstState(entry, state, now) }));
  const leftOver = stored
    .map((entry) => entry.envelope.id)
    .filter((id) => known.get(id) === 'acknowledged');
  return {
    state: { ...state, entries: [...state.entries, ...unknown] },
    effects: leftOver.length > 0 ? [{ kind: 'remove', ids: leftOver }] : [],
  };
}

/** Whoever was sending or waiting when a page ended starts anew; what was refused stays so. */
function firstState(entry: OutboxEntry, state: OutboxState, now: number): EntryState {
  if (entry.state.kind === 'refused') return entry.state;
  return isQuiet(state, now)
    ? { kind: 'waiting', until: state.quietUntil, reason: 'server-busy' }
    : QUEUED;
}
