import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { deliveryOf, isAllSafe } from '#client/survey/delivery.ts';
import { problemOf } from '#core/contract/problem.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { FakeOutbox } from './respondent.ts';
import { finished } from '../sync/real-server.ts';

function outboxWith(change: Partial<OutboxEntry>) {
  const envelope = finished(1);
  const entry: OutboxEntry = {
    envelope,
    keptAt: 0,
    attempts: 0,
    isStored: false,
    state: { kind: 'queued' },
    ...change,
  };
  const outbox = Object.assign(new FakeOutbox(), { entries: signal([entry]) });
  return { outbox, of: (isLasting = true) => deliveryOf(outbox, envelope.id, isLasting) };
}

const refused = { kind: 'refused', problem: problemOf('item-missing') } as const;
const waiting = { kind: 'waiting', until: 9, reason: 'network' } as const;

describe('a response that only this page has', () => {
  it('is never told to be saved on the device', () => {
    expect(outboxWith({}).of()).toEqual({ kind: 'hold-on' });
    expect(outboxWith({ state: waiting }).of()).toEqual({ kind: 'stuck' });
    const { outbox, of } = outboxWith({ state: refused });
    expect(of()).toEqual({ kind: 'refused', problem: 'item-missing', isOnlyHere: true });
    expect(isAllSafe(outbox)).toBe(false);
  });
});

describe('a response that the server never counts', () => {
  it.each(['code-missing', 'code-unknown', 'code-spent'] as const)(
    'is told so, and why: %s',
    (uncounted) => {
      const { outbox, of } = outboxWith({
        state: { kind: 'acknowledged', epoch: null, uncounted },
      });
      expect(of()).toEqual({ kind: 'uncounted', problem: uncounted });
      expect(isAllSafe(outbox)).toBe(true);
    },
  );
});

describe('a response that the device has', () => {
  it('is told to be saved, also where it is refused', () => {
    expect(outboxWith({ isStored: true, state: waiting }).of()).toEqual({ kind: 'kept' });
    const { outbox, of } = outboxWith({ isStored: true, state: refused });
    expect(of()).toEqual({ kind: 'refused', problem: 'item-missing', isOnlyHere: false });
    expect(isAllSafe(outbox)).toBe(true);
  });
});
