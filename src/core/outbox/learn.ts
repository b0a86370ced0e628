import type { EntryState, OutboxEntry } from './entry.ts';
import { epochOf } from './epoch.ts';
import { isQuiet } from './quiet.ts';
import type { OutboxState, OutboxStep } from './state.ts';
import { QUEUED } from './transitions.ts';

/**
 * Adds what the store holds and this tab does not know yet. What is known keeps its state, and stays even if the store
 * lost it: that it is gone from there does not show that the server has it. What was acknowledged in the epoch in force and
 * still waits in the store is told to it once more. What was acknowledged in another epoch, or what a tab took back for
 * another one, is queued again.
 */
export function learn(state: OutboxState, stored: readonly OutboxEntry[], now: number): OutboxStep {
  const found = new Map(stored.map((entry) => [entry.envelope.id, entry]));
  const leftOver: OutboxEntry[] = [];
  const known = state.entries.map((entry) => {
    const row = found.get(entry.envelope.id);
    if (row === undefined) return entry;
    found.delete(entry.envelope.id);
    const isStored = entry.isStored || row.isStored;
    if (entry.state.kind !== 'acknowledged') return { ...entry, isStored };
    const { epoch } = entry.state;
    if (epoch !== epochOf(state) || (row.reofferedIn ?? epoch) !== epoch)
      return { ...entry, isStored, state: firstState(row, state, now) };
    leftOver.push(entry);
    return { ...entry, isStored };
  });
  const unknown = [...found.values()].map((entry) => ({
    ...entry,
    state: firstState(entry, state, now),
  }));
  return {
    state: { ...state, entries: [...known, ...unknown] },
    effects:
      leftOver.length > 0
        ? [{ kind: 'acknowledge', entries: leftOver, standing: state.standing }]
        : [],
  };
}

/** Whoever was sending or waiting when a page ended starts anew; what was refused stays so in its epoch. */
function firstState(entry: OutboxEntry, state: OutboxState, now: number): EntryState {
  const epoch = epochOf(state);
  if (entry.state.kind === 'refused' && (epoch === null || entry.state.epoch === epoch))
    return entry.state;
  return isQuiet(state, now)
    ? { kind: 'waiting', until: state.quietUntil, reason: 'server-busy' }
    : QUEUED;
}
