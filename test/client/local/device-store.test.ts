import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { Database } from '#client/local/database.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import { StorageTimeout } from '#client/local/within-time.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';
import { openDatabase } from './new-store.ts';

const NEVER = new Promise<never>(() => undefined);

test('a row that cannot be read is counted and stays', async () => {
  const indexedDB = new IDBFactory();
  const database = openDatabase(indexedDB);
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  await database.table('outbox').put({ id: 'from the future', envelope: { sealed: true } });
  expect(await store.read()).toEqual({ entries: [entryOf(1)], unreadable: 1 });
  await store.acknowledge([entryOf(1)], null, 0);
  expect(await openDatabase(indexedDB).outbox.count()).toBe(1);
});

test('what was written is there in the next page', async () => {
  const indexedDB = new IDBFactory();
  await createDeviceStore(openDatabase(indexedDB)).write([entryOf(1)]);
  const next = createDeviceStore(openDatabase(indexedDB));
  expect((await next.read()).entries).toEqual([entryOf(1)]);
});

test('a connection that was closed under the page is opened anew', async () => {
  const database = openDatabase();
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  database.close();
  await store.write([entryOf(2)]);
  expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
});

test('a write that never settles is tried once more on a new connection, then rejects', async () => {
  const database = openDatabase();
  await database.open();
  const transaction = vi.spyOn(database, 'transaction').mockReturnValue(NEVER as never);
  const opening = vi.spyOn(database, 'open');
  const store = createDeviceStore(database, 1);
  await expect(store.write([entryOf(1)])).rejects.toBeInstanceOf(StorageTimeout);
  expect(transaction).toHaveBeenCalledTimes(2);
  expect(opening).toHaveBeenCalledTimes(1);
});

test('a write that fails for want of room rejects and leaves what was there', async () => {
  const database = openDatabase();
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  vi.spyOn(database.outbox, 'bulkPut').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await expect(store.write([entryOf(2)])).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect((await store.read()).entries).toEqual([entryOf(1)]);
});

test.each([
  ['is missing', undefined as never],
  [
    'refuses',
    Object.assign(new IDBFactory(), {
      open: () => {
        throw new DOMException('forbidden', 'InvalidStateError');
      },
    }),
  ],
])('a call rejects where IndexedDB %s', async (_, indexedDB) => {
  const store = createDeviceStore(new Database({ indexedDB, IDBKeyRange }));
  await expect(store.write([entryOf(1)])).rejects.toBeInstanceOf(Error);
});

test('what a newer build of the app stored can still be read and sent by an older one', async () => {
  const indexedDB = new IDBFactory();
  const newer = openDatabase(indexedDB);
  newer.version(3).stores({ drafts: 'id' });
  await createDeviceStore(newer).write([entryOf(1)]);
  await newer.table('drafts').put({ id: 'a draft' });
  newer.close();
  const store = createDeviceStore(openDatabase(indexedDB));
  await store.write([entryOf(2)]);
  await store.acknowledge([entryOf(1)], null, 0);
  expect((await store.read()).entries).toEqual([entryOf(2)]);
  expect(await newer.open().then(() => newer.table('drafts').count())).toBe(1);
});
