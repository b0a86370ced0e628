import { describe, expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import { entryOf, idOf } from '../../core/outbox/envelopes.ts';
import { newStore } from './new-store.ts';

const refused = { kind: 'refused', problem: problemOf('option-out-of-range', 'E1') } as const;

describe('the outbox on the device', () => {
  test('is empty at first', async () => {
    expect(await newStore().read()).toEqual({ entries: [], unreadable: 0, uncounted: 0 });
  });

  test('gives back what was written, byte for byte, in the order of keeping', async () => {
    const store = newStore();
    await store.write([entryOf(3), entryOf(1)]);
    await store.write([entryOf(2, refused)]);
    const { entries } = await store.read();
    expect(entries).toEqual([entryOf(1), entryOf(2, refused), entryOf(3)]);
  });

  test('replaces an entry of the same id', async () => {
    const store = newStore();
    await store.write([entryOf(1)]);
    await store.write([entryOf(1, refused)]);
    expect((await store.read()).entries).toEqual([entryOf(1, refused)]);
  });

  test('stores who was sending or waiting as queued, without the attempts', async () => {
    const store = newStore();
    await store.write([
      entryOf(1, { kind: 'sending' }, 2),
      entryOf(2, { kind: 'waiting', until: 5, reason: 'network' }, 4),
    ]);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
  });

  test('lets go what was acknowledged and passes over what is not there', async () => {
    const store = newStore();
    await store.write([entryOf(1), entryOf(2)]);
    await store.acknowledge([entryOf(1), entryOf(7)], null, 0);
    expect((await store.read()).entries).toEqual([entryOf(2)]);
  });
});

const idsOf = (entries: readonly { envelope: { id: string } }[]) =>
  entries.map(({ envelope }) => envelope.id).sort();

const day = 86_400_000;
const now = Date.parse('2026-01-05T05:00:00Z');
const before = { epoch: idOf(9_001), reofferDays: 14 };
const after = { epoch: idOf(9_002), reofferDays: 14 };

describe('the copies of what was acknowledged', () => {
  test('come back when the epoch is another one, until they are acknowledged in that', async () => {
    const store = newStore();
    await store.write([entryOf(1), entryOf(2)]);
    await store.acknowledge([entryOf(1), entryOf(2)], before, now);
    expect(await store.reoffer(before, now)).toEqual([]);
    expect(idsOf(await store.reoffer(after, now))).toEqual([idOf(1), idOf(2)]);
    const { entries } = await store.read();
    expect(idsOf(entries)).toEqual([idOf(1), idOf(2)]);
    expect(idsOf(await store.reoffer(after, now))).toEqual([idOf(1), idOf(2)]);
    await store.acknowledge(entries, after, now);
    expect(await store.reoffer(after, now)).toEqual([]);
    expect(entries[0]).toMatchObject({ keptAt: now, reofferedIn: after.epoch });
  });

  test('of a response that only the page held come back too', async () => {
    const store = newStore();
    await store.acknowledge([{ ...entryOf(1), isStored: false }], before, now);
    expect(idsOf(await store.reoffer(after, now))).toEqual([idOf(1)]);
  });

  test('are gone after as many days as the server says', async () => {
    const store = newStore();
    await store.acknowledge([entryOf(1)], before, now);
    await store.acknowledge([entryOf(2)], before, now + 13 * day);
    await store.reoffer(before, now + 14 * day);
    expect(idsOf(await store.reoffer(after, now + 14 * day))).toEqual([idOf(2)]);
  });

  test('are gone at once where the server wants none', async () => {
    const store = newStore();
    await store.write([entryOf(1)]);
    await store.acknowledge([entryOf(1)], { ...before, reofferDays: 0 }, now);
    expect(await store.reoffer(after, now)).toEqual([]);
    expect((await store.read()).entries).toEqual([]);
  });

  test('of an epoch that is over are offered again however old they are', async () => {
    const store = newStore();
    await store.acknowledge([entryOf(1)], before, now);
    for (let passed = 1; passed < 40; passed += 1)
      await store.acknowledge([entryOf(2)], after, now + passed * day);
    expect(idsOf(await store.reoffer(after, now + 40 * day))).toEqual([idOf(1)]);
  });

  test.each([
    ['ahead by a year', 365 * day],
    ['back by a year', -365 * day],
  ])('do not go at once when the clock is set %s, and do not stay for ever', async (_, jump) => {
    const store = newStore();
    await store.acknowledge([entryOf(1)], before, now);
    await store.reoffer(before, now + jump);
    await store.reoffer(before, now);
    expect(idsOf(await store.reoffer(after, now))).toEqual([idOf(1)]);
    await store.acknowledge([entryOf(1)], after, now);
    for (let passed = 0; passed < 14; passed += 1)
      await store.reoffer(after, now + jump + passed * day);
    expect(await store.reoffer(before, now + jump + 14 * day)).toEqual([]);
  });

  test('are not doubled by a write that comes late', async () => {
    const store = newStore();
    await store.acknowledge([{ ...entryOf(1), isStored: false }], before, now);
    await store.write([entryOf(1)]);
    expect((await store.read()).entries).toEqual([]);
    const [report] = await store.readReports('all', now, false);
    expect(report).toMatchObject({ finished: 1, acknowledged: 1, waiting: 0 });
  });
});
