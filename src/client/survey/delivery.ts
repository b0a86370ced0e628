import { isUnacknowledged, uncountedReason, type OutboxEntry } from '#core/outbox/entry.ts';
import type { ProblemCode } from '#core/contract/problem.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Screen } from './screen.ts';

/**
 * What a person may be told of the finished response. kept: safe on the device, goes out by itself later; outdated: the same,
 * once the app is updated; hold-on: only this open page has it, and it is on its way; stuck: only this open page has it, and
 * it cannot be sent now; uncounted: the server has it and never counts it; refused: the server does not take it, `isOnlyHere` where only this open page has it.
 */
export type Delivery =
  | { kind: 'sent' }
  | { kind: 'sending' }
  | { kind: 'kept' }
  | { kind: 'outdated' }
  | { kind: 'hold-on' }
  | { kind: 'stuck' }
  | { kind: 'uncounted'; problem: ProblemCode }
  | { kind: 'refused'; problem: ProblemCode; isOnlyHere: boolean };

/** True while the response would be gone with this page. */
function isOnlyHere({ keeping }: Outbox, entry: OutboxEntry): boolean {
  return isUnacknowledged(entry) && (keeping === 'memory' || !entry.isStored);
}

function find(outbox: Outbox, envelopeId: string): OutboxEntry | undefined {
  return outbox.entries.value.find(({ envelope }) => envelope.id === envelopeId);
}

/** `isLasting`: false in the window of another app, whose storage ends with it. Reads the outbox's signal. */
export function deliveryOf(outbox: Outbox, envelopeId: string, isLasting: boolean): Delivery {
  const entry = find(outbox, envelopeId);
  // It was kept, so it can only have left the outbox by being acknowledged, perhaps to another tab.
  const uncounted = entry ? uncountedReason(entry) : null;
  if (uncounted) return { kind: 'uncounted', problem: uncounted };
  if (!entry || !isUnacknowledged(entry)) return { kind: 'sent' };
  const { state } = entry;
  const isHere = isOnlyHere(outbox, entry);
  if (state.kind === 'refused')
    return { kind: 'refused', problem: state.problem.code, isOnlyHere: isHere };
  if (!isLasting || isHere) return { kind: state.kind === 'waiting' ? 'stuck' : 'hold-on' };
  if (state.kind !== 'waiting') return { kind: 'sending' };
  return { kind: state.reason === 'outdated' ? 'outdated' : 'kept' };
}

/** What a page that thanks notes for whoever loads it anew. */
export const thankedIn = (screen: Screen): Delivery['kind'] | undefined =>
  screen.kind === 'finished' ? deliveryOf(screen.outbox, screen.envelopeId, true).kind : undefined;

/** True where sending failed and is not done yet. It does not change while it is tried again. */
export function hasFailed(outbox: Outbox, envelopeId: string): boolean {
  const entry = find(outbox, envelopeId);
  if (!entry || !isUnacknowledged(entry)) return false;
  return entry.state.kind !== 'refused' && entry.attempts > 0;
}

/** True once the device's storage or the server has the response. Reads the outbox's signal. */
export function isSafe(outbox: Outbox, envelopeId: string): boolean {
  const entry = find(outbox, envelopeId);
  return !entry || !isOnlyHere(outbox, entry);
}

/** True where closing the page takes no response with it. Reads the outbox's signal. */
export function isAllSafe(outbox: Outbox): boolean {
  return !outbox.entries.value.some((entry) => isOnlyHere(outbox, entry));
}

/** How many responses on this device the server does not have yet. */
export function waitingCount(outbox: Outbox): number {
  return outbox.entries.value.filter(isUnacknowledged).length;
}
