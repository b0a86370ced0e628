import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import { Database } from '#client/local/database.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import { createMemoryStore } from '#client/local/memory-store.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';
import { entryOf, idOf } from '../../core/outbox/envelopes.ts';

const refused = { kind: 'refused', problem: problemOf('option-out-of-range', 'E1') } as const;

const stores: [string, () => OutboxStore][] = [
  ['memory', createMemoryStore],
  ['device', () => createDeviceStore(new Database({ indexedDB: new IDBFactory(), IDBKeyRange }))],
];

describe.each(stores)('the outbox in %s', (keeping, openNew) => {
  test('says where it keeps', () => {
    expect(openNew().keeping).toBe(keeping);
  });

  test('is empty at first', async () => {
    expect(await openNew().read()).toEqual({ entries: [], unreadable: 0 });
  });

  test('gives back what was written, byte for byte, in the order of keeping', async () => {
    const store = openNew();
    await store.write([entryOf(3), entryOf(1)]);
    await store.write([entryOf(2, refused)]);
    const { entries } = await store.read();
    expect(entries).toEqual([entryOf(1), entryOf(2, refused), entryOf(3)]);
  });

  test('replaces an entry of the same id', async () => {
    const store = openNew();
    await store.write([entryOf(1)]);
    await store.write([entryOf(1, refused)]);
    expect((await store.read()).entries).toEqual([entryOf(1, refused)]);
  });

  test('stores who was sending or waiting as queued, without the attempts', async () => {
    const store = openNew();
    await store.write([
      entryOf(1, { kind: 'sending' }, 2),
      entryOf(2, { kind: 'waiting', until: 5, reason: 'network' }, 4),
    ]);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
  });

  test('removes by id and passes over what is not there', async () => {
    const store = openNew();
    await store.write([entryOf(1), entryOf(2)]);
    await store.remove([idOf(1), idOf(7)]);
    expect((await store.read()).entries).toEqual([entryOf(2)]);
  });

  test('does not share its entries with the caller', async () => {
    const store = openNew();
    const entry = entryOf(1);
    await store.write([entry]);
    const { entries } = await store.read();
    entries[0]!.keptAt = 99;
    expect((await store.read()).entries).toEqual([entryOf(1)]);
  });
});
