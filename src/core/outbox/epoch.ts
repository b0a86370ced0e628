import type { ServerStanding } from '../contract/epoch.ts';
import type { OutboxEntry } from './entry.ts';
import type { OutboxState, OutboxStep } from './state.ts';
import { QUEUED, withoutEffects, withStates } from './transitions.ts';

/** After so many failures in a row an epoch that seemed to be over is believed: a restore may have been taken back. */
const PATIENCE = 3;

/** The epoch in force as far as it is known. */
export function epochOf({ standing }: OutboxState): string | null {
  return standing === null ? null : standing.epoch;
}

/**
 * Hears which epoch is in force. A new one, also the first of a page's life, means that what was acknowledged in another may
 * be gone from the server: the store offers its copies again, and what only this page holds is queued. So is what another one
 * refused: that database may have been too old to know its channel.
 */
export function hear(state: OutboxState, standing: ServerStanding | null): OutboxStep {
  const known = epochOf(state);
  if (standing === null || standing.epoch === known)
    return withoutEffects({ ...state, standing: standing ?? state.standing });
  const pastEpochs = known === null ? [] : [...state.pastEpochs, known];
  return {
    state: withStates({ ...state, standing, pastEpochs }, (entry) =>
      isOfAnother(entry, standing) ? QUEUED : entry.state,
    ),
    effects: [{ kind: 're-offer', standing }],
  };
}

/** True for what another database refused, or acknowledged where the store has no copy of it to offer again. */
function isOfAnother({ state, isStored }: OutboxEntry, { epoch }: ServerStanding): boolean {
  if (state.kind === 'refused') return state.epoch !== epoch;
  return state.kind === 'acknowledged' && state.epoch !== epoch && !isStored;
}

/** A standing told outside of batches. Even one that is known lets the store look after its copies. */
export function heardStanding(
  state: OutboxState,
  standing: ServerStanding,
  sentIn: string | null,
): OutboxStep {
  if (isStale(state, standing, sentIn)) return withoutEffects(state);
  return { state: hear(state, standing).state, effects: [{ kind: 're-offer', standing }] };
}

/** True for the reply to the batch under way if it speaks of an epoch that is over: it settles nothing. */
export function isOver(state: OutboxState, standing: ServerStanding | null): boolean {
  return standing !== null && state.failures < PATIENCE && isStale(state, standing, state.sentIn);
}

/** Of two epochs, the one that we knew before, or that was asked for before we heard of the other, is over. */
function isStale(state: OutboxState, { epoch }: ServerStanding, sentIn: string | null): boolean {
  const known = epochOf(state);
  return epoch !== known && (sentIn !== known || state.pastEpochs.includes(epoch));
}
