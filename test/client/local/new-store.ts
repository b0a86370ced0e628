import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Database } from '#client/local/database.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';

/** The database of a device; another page of it, given the same `indexedDB`. */
export function openDatabase(indexedDB = new IDBFactory()): Database {
  return new Database({ indexedDB, IDBKeyRange });
}

/** The store of a page, on a new device where none is given. */
export function newStore(indexedDB = new IDBFactory()): OutboxStore {
  return createDeviceStore(openDatabase(indexedDB));
}
