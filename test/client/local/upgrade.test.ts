import { beforeEach, describe, expect, test, vi } from 'vitest';
import { acknowledgedRowOf } from '#client/local/acknowledged-row.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import { rowOf } from '#client/local/outbox-row.ts';
import { troubleOf } from '#client/local/storage-trouble.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';
import { entryOf, idOf } from '../../core/outbox/envelopes.ts';
import { settled } from '../sync/device.ts';
import { newStore, openDatabase } from './new-store.ts';
import { openAt, putRows, rowsOf } from './old-database.ts';
import { IDBFactory } from '../../support/indexed-db.ts';

const NOW = Date.parse('2026-01-05T05:00:00Z');
const TODAY = 20_458;
const { channel } = entryOf(1).envelope;

/** The database as the first build of the app made it, with two responses that wait. */
async function firstDatabase(indexedDB: IDBFactory): Promise<IDBDatabase> {
  const first = await openAt(indexedDB, 10, (database) => {
    database.createObjectStore('outbox', { keyPath: 'id' });
  });
  await putRows(first, 'outbox', [rowOf(entryOf(1)), rowOf(entryOf(2))]);
  return first;
}

/** As the last build on Dexie left it: two that wait, one that was acknowledged, and all it knew of the device. */
const LAST_ON_DEXIE = {
  outbox: [rowOf(entryOf(1)), { ...rowOf(entryOf(2)), reofferedIn: idOf(9_001) }],
  acknowledged: [acknowledgedRowOf(entryOf(3).envelope, idOf(9_001), 4)],
  counters: [
    { channel, id: idOf(77), revision: 8, finished: 5, acknowledged: 3, uncounted: 1, reported: 6 },
  ],
  leases: [{ name: 'sending', holder: '0.5', until: NOW }],
  calendar: [{ name: 'today', date: TODAY, day: 4 }],
};

async function lastOnDexie(indexedDB: IDBFactory): Promise<IDBDatabase> {
  const last = await openAt(indexedDB, 20, (database) => {
    for (const [table, keyPath, indexes] of [
      ['outbox', 'id', []],
      ['acknowledged', 'id', ['epoch', 'day']],
      ['counters', 'channel', []],
      ['leases', 'name', []],
      ['calendar', 'name', []],
    ] as const) {
      const store = database.createObjectStore(table, { keyPath });
      for (const index of indexes) store.createIndex(index, index);
    }
  });
  for (const [table, rows] of Object.entries(LAST_ON_DEXIE)) await putRows(last, table, rows);
  return last;
}

/** How a database is laid out: its tables, their keys and indexes. */
const shapeOf = (database: IDBDatabase) =>
  [...database.objectStoreNames].map((name) => {
    const table = database.transaction(name).objectStore(name);
    const indexes = [...table.indexNames].map((index) => {
      const { keyPath, unique, multiEntry } = table.index(index);
      return { index, keyPath, unique, multiEntry };
    });
    return { name, keyPath: table.keyPath, autoIncrement: table.autoIncrement, indexes };
  });

const countsOf = async (store: OutboxStore) => store.readReports('all', 5, false);

const indexedDB = { current: new IDBFactory() };

beforeEach(() => {
  indexedDB.current = new IDBFactory();
});

describe('a database of the first build', () => {
  test('keeps what waited, and counts it', async () => {
    (await firstDatabase(indexedDB.current)).close();
    const store = newStore(indexedDB.current);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
    expect(await countsOf(store)).toMatchObject([{ finished: 2, waiting: 2, acknowledged: 0 }]);
  });

  test('keeps a row that cannot be read', async () => {
    const first = await firstDatabase(indexedDB.current);
    await putRows(first, 'outbox', [{ id: 'damaged' }]);
    first.close();
    expect(await newStore(indexedDB.current).read()).toMatchObject({ unreadable: 1 });
  });

  test('is whole after an upgrade that died half-way, and upgraded by the next page', async () => {
    (await firstDatabase(indexedDB.current)).close();
    const dying = openDatabase(indexedDB.current);
    const counting = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new Error('the page is gone');
    });
    await expect(dying.open()).rejects.toThrow('the page is gone');
    expect(counting).toHaveBeenCalledTimes(1);
    dying.close();
    const databases = await indexedDB.current.databases();
    expect(databases).toMatchObject([{ version: 10 }]);
    const store = newStore(indexedDB.current);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
    expect(await countsOf(store)).toMatchObject([{ finished: 2 }]);
  });

  test('that another page holds open is told as blocked, at once, and used as soon as it is free', async () => {
    const held = await firstDatabase(indexedDB.current);
    const store = createDeviceStore(openDatabase(indexedDB.current), 2_000);
    const trouble = await store.read().catch(troubleOf);
    expect(trouble).toBe('blocked');
    expect(await store.write([entryOf(3)]).catch(troubleOf)).toBe('blocked');
    held.close();
    await settled();
    await store.write([entryOf(3)]);
    expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2), entryOf(3)]);
  });
});

test('a tab of the first build lets go, and what it still writes afterwards is counted', async () => {
  const old = await firstDatabase(indexedDB.current);
  old.addEventListener('versionchange', () => old.close());
  const store = newStore(indexedDB.current);
  expect((await store.read()).entries).toHaveLength(2);
  await putRows(await openAt(indexedDB.current, 20), 'outbox', [rowOf(entryOf(3))]);
  expect((await store.read()).entries).toHaveLength(3);
  const [report] = await countsOf(store);
  expect(report).toMatchObject({ finished: 3, waiting: 3 });
});

describe('a database of the last build on Dexie', () => {
  test('is opened as it is, with every row', async () => {
    (await lastOnDexie(indexedDB.current)).close();
    const database = openDatabase(indexedDB.current);
    await database.open();
    database.close();
    const opened = await openAt(indexedDB.current, 20);
    for (const [table, rows] of Object.entries(LAST_ON_DEXIE))
      expect(await rowsOf(opened, table)).toEqual(rows);
  });

  test('goes on: what waits is sent, what was acknowledged is offered again, the counts are continued', async () => {
    (await lastOnDexie(indexedDB.current)).close();
    const store = newStore(indexedDB.current);
    const { entries, uncounted } = await store.read();
    expect(entries).toEqual([entryOf(1), { ...entryOf(2), reofferedIn: idOf(9_001) }]);
    expect(uncounted).toBe(1);
    expect(await store.readReports('due', NOW, false)).toMatchObject([
      { id: idOf(77), revision: 9, finished: 5, acknowledged: 3, waiting: 2 },
    ]);
    const offered = await store.reoffer({ epoch: idOf(9_002), reofferDays: 14 }, NOW);
    expect(offered.map(({ envelope }) => envelope.id)).toEqual([idOf(3)]);
  });

  test('is the one that a new device gets too, so that an older build can still open it', async () => {
    await newStore(indexedDB.current).read();
    const old = new IDBFactory();
    expect(shapeOf(await openAt(indexedDB.current, 20))).toEqual(shapeOf(await lastOnDexie(old)));
  });
});

test('a page lets go when a newer one wants to upgrade, and still reads and writes afterwards', async () => {
  const store = newStore(indexedDB.current);
  await store.write([entryOf(1)]);
  const newer = await openAt(indexedDB.current, 30);
  await store.write([entryOf(2)]);
  expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
  expect(await rowsOf(newer, 'outbox')).toHaveLength(2);
});
