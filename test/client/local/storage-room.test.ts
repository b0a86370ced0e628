import { expect, test, vi } from 'vitest';
import { askForPersistence, readStorageRoom } from '#client/local/storage-room.ts';

function managerOf(part: Partial<StorageManager>): StorageManager {
  return part as StorageManager;
}

test('what was granted and how full it is are told', async () => {
  const storage = managerOf({
    persisted: async () => true,
    estimate: async () => ({ usage: 25, quota: 100 }),
  });
  expect(await readStorageRoom(storage)).toEqual({ persistence: 'granted', usedShare: 0.25 });
});

test('where the browser does not say, nothing is claimed', async () => {
  const unknown = { persistence: 'unknown', usedShare: null };
  expect(await readStorageRoom(undefined)).toEqual(unknown);
  expect(await readStorageRoom(managerOf({}))).toEqual(unknown);
  const failing = managerOf({
    persisted: async () => Promise.reject(new Error('no')),
    estimate: async () => ({}),
  });
  expect(await readStorageRoom(failing)).toEqual(unknown);
  const shy = managerOf({ persisted: async () => false, estimate: async () => ({}) });
  expect(await readStorageRoom(shy)).toEqual({ persistence: 'not-granted', usedShare: null });
});

test('asking for persistence waits for no answer and breaks on none', async () => {
  const persist = vi.fn<() => Promise<boolean>>(() => Promise.reject(new Error('denied')));
  askForPersistence(managerOf({ persist }));
  expect(persist).toHaveBeenCalledOnce();
  expect(() => askForPersistence(managerOf({}))).not.toThrow();
  expect(() => askForPersistence(undefined)).not.toThrow();
});
