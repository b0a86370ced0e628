import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createDeviceStore } from '#client/local/device-store.ts';
import { rowOf } from '#client/local/outbox-row.ts';
import { troubleOf } from '#client/local/storage-trouble.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';
import { settled } from '../sync/device.ts';
import { newStore, openDatabase } from './new-store.ts';

/** The database as version 1 of the app made it, with two responses that wait. */
async function oldDatabase(indexedDB: IDBFactory): Promise<Dexie> {
  const old = new Dexie('sucharit', { indexedDB, IDBKeyRange });
  old.version(1).stores({ outbox: 'id' });
  await old.table('outbox').bulkPut([rowOf(entryOf(1)), rowOf(entryOf(2))]);
  return old;
}

const countsOf = async (store: OutboxStore) => store.readReports('all', 5, false);

describe('a database of the version before', () => {
  const indexedDB = { current: new IDBFactory() };

  beforeEach(() => {
    indexedDB.current = new IDBFactory();
  });

  test('keeps what waited, and counts it', async () => {
    (await oldDatabase(indexedDB.current)).close();
    const store = newStore(indexedDB.current);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
    expect(await countsOf(store)).toMatchObject([{ finished: 2, waiting: 2, acknowledged: 0 }]);
  });

  test('keeps a row that cannot be read', async () => {
    const old = await oldDatabase(indexedDB.current);
    await old.table('outbox').put({ id: 'damaged' });
    old.close();
    expect(await newStore(indexedDB.current).read()).toMatchObject({ unreadable: 1 });
  });

  test('is whole after an upgrade that died half-way, and upgraded by the next page', async () => {
    (await oldDatabase(indexedDB.current)).close();
    const dying = openDatabase(indexedDB.current);
    vi.spyOn(dying, 'outbox', 'get').mockImplementation(() => {
      throw new Error('the page is gone');
    });
    await expect(dying.open()).rejects.toThrow('the page is gone');
    dying.close();
    const databases = await indexedDB.current.databases();
    expect(databases).toMatchObject([{ version: 10 }]);
    const store = newStore(indexedDB.current);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
    expect(await countsOf(store)).toMatchObject([{ finished: 2 }]);
  });

  test('that another page holds open is told as blocked, at once, and used as soon as it is free', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    (await oldDatabase(indexedDB.current)).close();
    const held = await holdOpen(indexedDB.current);
    const store = createDeviceStore(openDatabase(indexedDB.current), 2_000);
    const trouble = await store.read().catch(troubleOf);
    expect(trouble).toBe('blocked');
    expect(await store.write([entryOf(3)]).catch(troubleOf)).toBe('blocked');
    held.close();
    await settled();
    await store.write([entryOf(3)]);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2), entryOf(3)]);
    expect(warn).toHaveBeenCalled();
  });

  test('makes an old tab of ours let go, and that tab still reads and writes afterwards', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const old = await oldDatabase(indexedDB.current);
    const store = newStore(indexedDB.current);
    expect((await store.read()).entries).toHaveLength(2);
    await old.table('outbox').put(rowOf(entryOf(3)));
    expect((await store.read()).entries).toHaveLength(3);
    const [report] = await countsOf(store);
    expect(report).toMatchObject({ finished: 3, waiting: 3 });
  });
});

/** A page that does not react when another one wants to upgrade. */
async function holdOpen(indexedDB: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('sucharit');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(new Error('cannot be opened')));
  });
}
