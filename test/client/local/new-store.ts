import { createDatabase, type Database, type TableName } from '#client/local/database.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';
import { IDBFactory } from '../../support/indexed-db.ts';

/** The database of a device; another page of it, given the same `indexedDB`. */
export function openDatabase(indexedDB = new IDBFactory()): Database {
  return createDatabase(() => indexedDB);
}

/** The store of a page, on a new device where none is given. */
export function newStore(indexedDB = new IDBFactory()): OutboxStore {
  return createDeviceStore(openDatabase(indexedDB));
}

/** The keys of all rows of a table, in their order. */
export async function keysIn(database: Database, table: TableName): Promise<string[]> {
  return database.transaction([table], 'readonly', async (reading) =>
    reading.objectStore(table).getAllKeys(),
  );
}

/** Writes any row, as another build of the app might have. */
export async function putAnyRow(database: Database, table: TableName, row: object): Promise<void> {
  await database.transaction([table], 'readwrite', async (change) => {
    await change.objectStore(table).put(row as never);
  });
}

/** IndexedDB that is there, and opens nothing, as it says afterwards. */
export function refusingFactory(): IDBFactory {
  const indexedDB = new IDBFactory();
  const open = (name: string, version?: number) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('upgradeneeded', () => request.transaction?.abort());
    return request;
  };
  return { open } as unknown as IDBFactory;
}
