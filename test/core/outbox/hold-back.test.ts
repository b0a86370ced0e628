import { expect, test } from 'vitest';
import { EMPTY_OUTBOX, type OutboxEvent, type OutboxState } from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import { entryOf, idOf } from './envelopes.ts';

const NOW = 1_000_000_000;
const HOLD_BACK_MS = 20 * 60_000;

/** A shared device whose clock and chance tests move. */
function sharedDevice() {
  let state: OutboxState = EMPTY_OUTBOX;
  let sent: string[][] = [];
  let wakeAt: number | null = null;

  function tell(event: OutboxEvent, at = NOW, random = 0.5) {
    const next = step(state, event, at, random);
    ({ state } = next);
    for (const effect of next.effects) {
      if (effect.kind === 'send') sent.push(effect.envelopes.map(({ id }) => id).toSorted());
      if (effect.kind === 'wake-at') wakeAt = effect.time;
      if (effect.kind === 'start-sending') tell({ kind: 'send-started', entries: [] }, at, random);
    }
  }

  return {
    tell,
    keep: (number: number, at: number, random = 0.5, isStored = true) =>
      tell(
        { kind: 'kept', entry: { ...entryOf(number), isStored }, holdBackMs: HOLD_BACK_MS },
        at,
        random,
      ),
    accept: (number: number, at: number) =>
      tell(
        { kind: 'replied', standing: null, results: [{ id: idOf(number), result: 'accepted' }] },
        at,
      ),
    reasons: () =>
      state.entries.map((entry) => (entry.state.kind === 'waiting' ? entry.state.reason : 'none')),
    wakeAt: () => wakeAt,
    takeSent: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}

test('what is held back leaves between half and all of the time later, as chance has it', () => {
  for (const [random, minutes] of [
    [0, 10],
    [0.5, 15],
    [0.999_999, 20],
  ] as const) {
    const device = sharedDevice();
    device.keep(1, NOW, random);
    expect(device.takeSent()).toEqual([]);
    expect(device.reasons()).toEqual(['held-back']);
    expect(((device.wakeAt() ?? 0) - NOW) / 60_000).toBeCloseTo(minutes, 3);
  }
});

test('all that are held back leave together when the first is due', () => {
  const device = sharedDevice();
  device.keep(1, NOW, 0.9);
  device.keep(2, NOW + 60_000, 0);
  device.keep(3, NOW + 120_000, 0.9);
  const due = NOW + 660_000;
  expect(device.wakeAt()).toBe(due);
  device.tell({ kind: 'woke', cause: 'time' }, due - 1);
  expect(device.takeSent()).toEqual([]);
  device.tell({ kind: 'woke', cause: 'time' }, due);
  expect(device.takeSent()).toEqual([[idOf(1), idOf(2), idOf(3)]]);
});

test('no sign of the browser, and no success of another, lets them leave sooner', () => {
  const device = sharedDevice();
  device.keep(1, NOW);
  device.tell({ kind: 'woke', cause: 'sign' }, NOW + 1_000);
  expect(device.takeSent()).toEqual([]);
  device.tell({ kind: 'opened', entries: [entryOf(2)] }, NOW + 2_000);
  expect(device.takeSent()).toEqual([[idOf(2)]]);
  device.accept(2, NOW + 3_000);
  expect(device.takeSent()).toEqual([]);
  expect(device.reasons()).toEqual(['held-back', 'none']);
});

test('whoever presses "send now" sends them', () => {
  const device = sharedDevice();
  device.keep(1, NOW);
  device.tell({ kind: 'send-now' }, NOW + 1_000);
  expect(device.takeSent()).toEqual([[idOf(1)]]);
});

test('what only the page holds is sent at once', () => {
  const device = sharedDevice();
  device.keep(1, NOW, 0.5, false);
  expect(device.takeSent()).toEqual([[idOf(1)]]);
});

test('a clock that is set back by hours does not hold them for hours', () => {
  const device = sharedDevice();
  device.keep(1, NOW);
  device.tell({ kind: 'woke', cause: 'time' }, NOW - 5 * 3_600_000);
  expect(device.takeSent()).toEqual([[idOf(1)]]);
});
