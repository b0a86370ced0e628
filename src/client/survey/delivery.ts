import { isUnacknowledged } from '#core/outbox/entry.ts';
import type { ProblemCode } from '#core/contract/problem.ts';
import type { Outbox } from '../sync/outbox.ts';

/**
 * What a person may be told of the finished response. kept: safe on the device, goes out by itself later; hold-on: only this
 * open page has it, and it is on its way; stuck: only this open page has it, and the network is not there.
 */
export type Delivery =
  | { kind: 'sent' }
  | { kind: 'sending' }
  | { kind: 'kept' }
  | { kind: 'hold-on' }
  | { kind: 'stuck' }
  | { kind: 'refused'; problem: ProblemCode };

/** `isLasting`: false in the window of another app, whose storage ends with it. Reads the outbox's signal. */
export function deliveryOf(outbox: Outbox, envelopeId: string, isLasting: boolean): Delivery {
  const entry = outbox.entries.value.find(({ envelope }) => envelope.id === envelopeId);
  // It was kept, so it can only have left the outbox by being acknowledged, perhaps to another tab.
  if (!entry || !isUnacknowledged(entry)) return { kind: 'sent' };
  if (entry.state.kind === 'refused') return { kind: 'refused', problem: entry.state.problem.code };
  const isWaiting = entry.state.kind === 'waiting';
  if (isLasting && outbox.keeping === 'device') return { kind: isWaiting ? 'kept' : 'sending' };
  return { kind: isWaiting ? 'stuck' : 'hold-on' };
}

/** How many responses on this device the server does not have yet. */
export function waitingCount(outbox: Outbox): number {
  return outbox.entries.value.filter(isUnacknowledged).length;
}
