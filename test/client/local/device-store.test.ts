import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { Database } from '#client/local/database.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import { openStore } from '#client/local/open-store.ts';
import { StorageTimeout } from '#client/local/within-time.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';

const NEVER = new Promise<never>(() => undefined);

function openDatabase(indexedDB = new IDBFactory()): Database {
  return new Database({ indexedDB, IDBKeyRange });
}

test('a row that cannot be read is counted and stays', async () => {
  const indexedDB = new IDBFactory();
  const database = openDatabase(indexedDB);
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  await database.table('outbox').put({ id: 'from the future', envelope: { sealed: true } });
  expect(await store.read()).toEqual({ entries: [entryOf(1)], unreadable: 1 });
  await store.remove([entryOf(1).envelope.id]);
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

test('the store is on the device where IndexedDB opens', async () => {
  expect((await openStore(openDatabase())).keeping).toBe('device');
});

test('the store is in memory where IndexedDB is missing, refuses, or never answers', async () => {
  const missing = new Database({ indexedDB: undefined as never, IDBKeyRange });
  expect((await openStore(missing)).keeping).toBe('memory');

  const refusing = new IDBFactory();
  vi.spyOn(refusing, 'open').mockImplementation(() => {
    throw new DOMException('forbidden', 'InvalidStateError');
  });
  expect((await openStore(openDatabase(refusing))).keeping).toBe('memory');

  const silent = openDatabase();
  vi.spyOn(silent, 'open').mockReturnValue(NEVER as never);
  expect((await openStore(silent, 1)).keeping).toBe('memory');
});

test('what a newer build of the app stored can still be read and sent by an older one', async () => {
  const indexedDB = new IDBFactory();
  const newer = openDatabase(indexedDB);
  newer.version(2).stores({ outbox: 'id', drafts: 'id' });
  await createDeviceStore(newer).write([entryOf(1)]);
  newer.close();
  const store = await openStore(openDatabase(indexedDB));
  expect(store.keeping).toBe('device');
  await store.write([entryOf(2)]);
  expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
});
