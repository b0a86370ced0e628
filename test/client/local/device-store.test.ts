import { unwrap } from 'idb';
import { describe, expect, test, vi } from 'vitest';
import { createDatabase, type TableName } from '#client/local/database.ts';
import { MOST_TAKEN_BACK } from '#client/local/copies.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import { troubleOf } from '#client/local/storage-trouble.ts';
import { StorageTimeout } from '#client/local/within-time.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { entryOf, idOf } from '../../core/outbox/envelopes.ts';
import { settled } from '../sync/device.ts';
import { keysIn, newStore, openDatabase, putAnyRow } from './new-store.ts';
import { openAt, rowsOf } from './old-database.ts';
import { forceCloseDatabase, IDBFactory } from '../../support/indexed-db.ts';

const NEVER = new Promise<never>(() => undefined);

test('a row that cannot be read is counted and stays', async () => {
  const indexedDB = new IDBFactory();
  const database = openDatabase(indexedDB);
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  await putAnyRow(database, 'outbox', { id: 'from the future', envelope: { sealed: true } });
  expect(await store.read()).toEqual({ entries: [entryOf(1)], unreadable: 1, uncounted: 0 });
  await store.acknowledge([entryOf(1)], null, 0);
  expect(await keysIn(openDatabase(indexedDB), 'outbox')).toEqual(['from the future']);
});

test('what came by a code that was spent waits no more, leaves no copy to offer again, and is told in a number', async () => {
  const indexedDB = new IDBFactory();
  const database = openDatabase(indexedDB);
  const store = createDeviceStore(database);
  const apart = entryOf(1, { kind: 'acknowledged', epoch: idOf(9_001), uncounted: 'code-spent' });
  const counted = entryOf(2, { kind: 'acknowledged', epoch: idOf(9_001) });
  await store.write([entryOf(1), entryOf(2)]);
  const standing = { epoch: idOf(9_001), reofferDays: 14 };
  await store.acknowledge([apart, counted], standing, 0);
  await store.acknowledge([apart], standing, 0);
  const next = createDeviceStore(openDatabase(indexedDB));
  expect(await next.read()).toEqual({ entries: [], unreadable: 0, uncounted: 1 });
  expect(await next.readReports('all', 0, false)).toMatchObject([
    { finished: 2, acknowledged: 2, waiting: 0, refused: 0 },
  ]);
  const offered = await next.reoffer({ epoch: idOf(9_002), reofferDays: 14 }, 0);
  expect(offered.map(({ envelope }) => envelope.id)).toEqual([idOf(2)]);
});

test('what came by a code that is unknown is offered again once another database is there, which may count it', async () => {
  const store = createDeviceStore(openDatabase());
  const tooOld = { epoch: idOf(9_001), reofferDays: 14 };
  const right = { epoch: idOf(9_002), reofferDays: 14 };
  const apart = entryOf(1, {
    kind: 'acknowledged',
    epoch: idOf(9_001),
    uncounted: 'code-unknown',
  });
  await store.write([entryOf(1)]);
  for (let times = 0; times < 2; times += 1) await store.acknowledge([apart], tooOld, 0);
  expect(await store.read()).toEqual({ entries: [], unreadable: 0, uncounted: 1 });
  const offered = await store.reoffer(right, 0);
  expect(offered.map(({ envelope }) => envelope.id)).toEqual([idOf(1)]);
  expect((await store.read()).uncounted).toBe(0);
  const counted = entryOf(1, { kind: 'acknowledged', epoch: idOf(9_002) });
  await store.acknowledge([counted], right, 0);
  expect(await store.read()).toEqual({ entries: [], unreadable: 0, uncounted: 0 });
  expect(await store.readReports('all', 0, false)).toMatchObject([
    { finished: 1, acknowledged: 1, waiting: 0, refused: 0 },
  ]);
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

test('a connection that the browser ended without a word is opened anew', async () => {
  const database = openDatabase();
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  (await database.open()).close();
  await store.write([entryOf(2)]);
  expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
});

test('a connection that the browser ends and says so is opened anew', async () => {
  const database = openDatabase();
  const store = createDeviceStore(database);
  await store.write([entryOf(1)]);
  const lost = await database.open();
  forceCloseDatabase(unwrap(lost) as never);
  await settled();
  expect(await database.open()).not.toBe(lost);
  await store.write([entryOf(2)]);
  expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
});

test('every write asks for strict durability', async () => {
  const store = newStore();
  await store.read();
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await store.write([entryOf(1)]);
  expect(begin.mock.calls.map(([, mode, options]) => [mode, options])).toEqual([
    ['readwrite', { durability: 'strict' }],
  ]);
});

test('a connection that came after it was given up is closed, and disturbs no upgrade', async () => {
  const indexedDB = new IDBFactory();
  const database = openDatabase(indexedDB);
  const held = await openAt(indexedDB, 10, (first) => {
    first.createObjectStore('outbox', { keyPath: 'id' });
  });
  expect(await database.open().catch(troubleOf)).toBe('blocked');
  database.close();
  held.close();
  await settled();
  expect(await openAt(indexedDB, 30)).toMatchObject({ version: 30 });
});

test('a write that never settles is tried once more on a new connection, then rejects', async () => {
  const database = openDatabase();
  await database.open();
  const transaction = vi.spyOn(database, 'transaction').mockReturnValue(NEVER);
  const opening = vi.spyOn(database, 'open');
  const store = createDeviceStore(database, 1);
  await expect(store.write([entryOf(1)])).rejects.toBeInstanceOf(StorageTimeout);
  expect(transaction).toHaveBeenCalledTimes(2);
  expect(opening).toHaveBeenCalledTimes(1);
});

test('calls that meet a dead connection together all get through on one new one', async () => {
  const indexedDB = new IDBFactory();
  const database = openDatabase(indexedDB);
  await database.open();
  const store = createDeviceStore(database, 300);
  const opening = vi.spyOn(indexedDB, 'open');
  const transaction = vi.spyOn(database, 'transaction');
  for (let call = 0; call < 3; call += 1) transaction.mockReturnValueOnce(NEVER);
  await Promise.all([store.write([entryOf(1)]), store.read(), store.write([entryOf(2)])]);
  expect(opening).toHaveBeenCalledTimes(1);
  expect((await store.read()).entries).toEqual([entryOf(1), entryOf(2)]);
});

test('what a call took back that was given up is offered all the same', async () => {
  const database = openDatabase();
  const store = createDeviceStore(database, 200);
  await store.acknowledge([entryOf(1)], { epoch: idOf(9_001), reofferDays: 14 }, 0);
  const transaction = database.transaction.bind(database) as (...call: unknown[]) => unknown;
  vi.spyOn(database, 'transaction').mockImplementationOnce(async (...call: unknown[]) => {
    await transaction(...call);
    return NEVER;
  });
  const offered = await store.reoffer({ epoch: idOf(9_002), reofferDays: 14 }, 0);
  expect(offered.map(({ envelope }) => envelope.id)).toEqual([idOf(1)]);
});

test('many copies come back in small calls, past one that cannot be read', async () => {
  const database = openDatabase();
  const store = createDeviceStore(database);
  const entries = Array.from({ length: 2 * MOST_TAKEN_BACK + 1 }, (_, index) => entryOf(index + 1));
  await store.write(entries);
  await store.acknowledge(entries, { epoch: idOf(9_001), reofferDays: 14 }, 0);
  await putAnyRow(database, 'acknowledged', { id: '0', epoch: 'from the future', day: 0 });
  const writing = vi.spyOn(IDBObjectStore.prototype, 'put');
  const offered = await store.reoffer({ epoch: idOf(9_002), reofferDays: 14 }, 0);
  expect(offered).toHaveLength(entries.length);
  const tables = writing.mock.contexts as IDBObjectStore[];
  const waiting = tables.filter(({ name }) => name === 'outbox');
  const calls = Map.groupBy(waiting, ({ transaction }) => transaction);
  expect([...calls.values()].map((puts) => puts.length)).toEqual([
    MOST_TAKEN_BACK,
    MOST_TAKEN_BACK,
    1,
  ]);
  expect(await keysIn(database, 'acknowledged')).toEqual(['0']);
});

// oxlint-disable-next-line unbound-method -- called with the table that it belongs to
const { put } = IDBObjectStore.prototype;

/** From now on there is no room for rows of that table. */
function fill(table: TableName) {
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    row: unknown,
  ) {
    if (this.name === table) throw new DOMException('no room', 'QuotaExceededError');
    return put.call(this, row);
  });
}

/** Ends the transaction for want of room. */
function takeBack(transaction: IDBTransaction): void {
  // oxlint-disable-next-line no-underscore-dangle -- what fake-indexeddb has for it
  (transaction as unknown as { _abort(name: string): void })._abort('QuotaExceededError');
}

const standingIn = (life: number) => ({ epoch: idOf(9_000 + life), reofferDays: 14 });

describe('where there is no room', () => {
  test('a write rejects and leaves what was there', async () => {
    const database = openDatabase();
    const store = createDeviceStore(database);
    await store.write([entryOf(1)]);
    fill('outbox');
    await expect(store.write([entryOf(2)])).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect((await store.read()).entries).toEqual([entryOf(1)]);
  });

  test.each([
    ['while it runs', (_: IDBRequest, end: () => void) => queueMicrotask(end)],
    [
      'when it is done',
      (request: IDBRequest, end: () => void) => request.addEventListener('success', end),
    ],
  ])('a write that the browser takes back %s is told as that', async (_, when) => {
    const database = openDatabase();
    const store = createDeviceStore(database);
    await store.write([entryOf(1)]);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      row: unknown,
    ) {
      const request = put.call(this, row);
      if (this.name === 'outbox') when(request, () => takeBack(this.transaction));
      return request;
    });
    expect(await store.write([entryOf(2)]).catch(troubleOf)).toBe('full');
    expect((await store.read()).entries).toEqual([entryOf(1)]);
  });

  test('the oldest copies of what the server holds make room for what it does not', async () => {
    const database = openDatabase();
    const store = createDeviceStore(database);
    for (let number = 1; number <= 4; number += 1)
      await store.acknowledge([entryOf(number)], null, number * 86_400_000);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.write([entryOf(5)]);
    expect((await store.read()).entries).toEqual([entryOf(5)]);
    expect(await keysIn(database, 'acknowledged')).toEqual([idOf(3), idOf(4)]);
  });

  test('copies that a restored server may lack are offered from where they are, and none is forgotten', async () => {
    const database = openDatabase();
    const store = createDeviceStore(database);
    const before = { epoch: idOf(9_001), reofferDays: 14 };
    const after = { epoch: idOf(9_002), reofferDays: 14 };
    await store.write([entryOf(1), entryOf(2)]);
    await store.acknowledge([entryOf(1), entryOf(2)], before, 0);
    fill('outbox');
    const offered = await store.reoffer(after, 0);
    expect(offered.map(({ envelope }) => envelope.id)).toEqual([idOf(1), idOf(2)]);
    expect(await keysIn(database, 'acknowledged')).toHaveLength(2);
    await store.acknowledge(offered, after, 0);
    expect(await store.reoffer(after, 0)).toEqual([]);
    vi.restoreAllMocks();
    expect(await store.readReports('all', 0, false)).toMatchObject([
      { finished: 2, acknowledged: 2, waiting: 0 },
    ]);
  });

  test.each([
    ['counted', 'code-unknown', 'counted', [1, 0, 0]],
    ['code-unknown', 'counted', 'counted', [0, 0, 0]],
    ['counted', 'code-unknown', 'code-unknown', [1, 0, 1]],
    ['code-unknown', 'code-unknown', 'counted', [1, 0, 0]],
    ['counted', 'code-spent', null, [1, 1]],
    ['code-unknown', 'code-spent', null, [1, 1]],
  ] as const)(
    'the number of what is never counted follows a copy that was %s, then %s, and with room %s',
    async (first, whileFull, withRoom, numbers) => {
      const store = createDeviceStore(openDatabase());
      const judge = async (entries: OutboxEntry[], judged: typeof whileFull, life: number) => {
        const reason = judged === 'counted' ? {} : { uncounted: judged };
        const state = { kind: 'acknowledged', epoch: idOf(9_000 + life), ...reason } as const;
        const acknowledged = entries.map((entry) => ({ ...entry, state }));
        // Another tab may have sent it too.
        for (let times = 0; times < 2; times += 1)
          await store.acknowledge(acknowledged, standingIn(life), 0);
      };
      const seen: number[] = [];
      const note = async () => seen.push((await store.read()).uncounted);

      await store.write([entryOf(1)]);
      await judge([entryOf(1)], first, 1);
      const full = fill('outbox');
      await judge(await store.reoffer(standingIn(2), 0), whileFull, 2);
      await note();
      full.mockRestore();
      const offered = await store.reoffer(standingIn(3), 0);
      expect(offered).toHaveLength(withRoom === null ? 0 : 1);
      await note();
      if (withRoom) {
        await judge(offered, withRoom, 3);
        await note();
      }
      expect(seen).toEqual(numbers);
    },
  );

  test('what was acknowledged before a restore stays, for it may be nowhere else', async () => {
    const database = openDatabase();
    const store = createDeviceStore(database);
    const after = { epoch: idOf(9_002), reofferDays: 14 };
    await store.acknowledge([entryOf(1)], { epoch: idOf(9_001), reofferDays: 14 }, 0);
    await store.acknowledge([entryOf(2)], { epoch: idOf(9_001), reofferDays: 14 }, 0);
    fill('outbox');
    const offered = await store.reoffer(after, 0);
    const [first] = offered;
    await store.acknowledge(first ? [first] : [], after, 0);
    await expect(store.write([entryOf(3)])).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(await keysIn(database, 'acknowledged')).toEqual([idOf(2)]);
  });

  test('a report is told all the same, and is not worth a copy', async () => {
    const database = openDatabase();
    const store = createDeviceStore(database);
    await store.write([entryOf(1)]);
    await store.acknowledge([entryOf(1)], null, 0);
    const [before] = await store.readReports('all', 0, false);
    fill('counters');
    const told = await store.readReports('due', 0, false);
    expect(told).toEqual([
      { ...before, revision: (before?.revision ?? 0) + 1, isStorageNearlyFull: true },
    ]);
    expect(await keysIn(database, 'acknowledged')).toHaveLength(1);
  });
});

test.each([
  ['full', new DOMException('', 'QuotaExceededError')],
  ['full', { name: 'NS_ERROR_DOM_QUOTA_REACHED' }],
  ['full', { name: 'Error', code: 1014 }],
  ['full', { name: 'NS_ERROR_FILE_NO_DEVICE_SPACE' }],
  ['full', { name: 'Error', message: '', code: 22 }],
  ['full', { name: 'UnknownError', message: 'Internal error: FILE_ERROR_NO_SPACE' }],
  ['full', { name: 'UnknownError', message: 'Not enough space on the disk' }],
  ['full', { name: 'UnknownError', message: 'Encountered full disk while opening backing store' }],
  ['full', { name: 'UnknownError', message: 'database or disk is full' }],
  ['unavailable', { name: 'UnknownError', message: 'Connection to Indexed Database server lost' }],
  ['unavailable', { name: 'AbortError' }],
  ['unavailable', new DOMException('forbidden', 'SecurityError')],
  ['unavailable', null],
])('the trouble is %s: %o', (trouble, error) => {
  expect(troubleOf(error)).toBe(trouble);
});

const forbidden = () => {
  throw new DOMException('forbidden', 'SecurityError');
};

test.each([
  ['is missing', () => undefined as never],
  ['may not be asked for', forbidden],
  ['refuses', () => Object.assign(new IDBFactory(), { open: forbidden })],
])('a call rejects where IndexedDB %s', async (_, indexedDB) => {
  const store = createDeviceStore(createDatabase(indexedDB));
  await expect(store.write([entryOf(1)])).rejects.toBeInstanceOf(Error);
});

test('what a newer build of the app stored can still be read and sent by an older one', async () => {
  const indexedDB = new IDBFactory();
  await newStore(indexedDB).write([entryOf(1)]);
  const newer = await openAt(indexedDB, 30, (upgrading) => {
    upgrading.createObjectStore('drafts', { keyPath: 'id' }).put({ id: 'a draft' });
  });
  newer.close();
  const store = createDeviceStore(openDatabase(indexedDB));
  await store.write([entryOf(2)]);
  await store.acknowledge([entryOf(1)], null, 0);
  expect((await store.read()).entries).toEqual([entryOf(2)]);
  expect(await rowsOf(await openAt(indexedDB, 30), 'drafts')).toEqual([{ id: 'a draft' }]);
});
