import { openStore } from '../local/open-store.ts';
import { askForPersistence, readStorageRoom } from '../local/storage-room.ts';
import type { SyncEnvironment } from './environment.ts';
import { runOutbox } from './loop.ts';
import { browserTabs } from './other-tabs.ts';
import type { Outbox } from './outbox.ts';
import { listenForSigns } from './signs.ts';
import { takeTurn } from './turn.ts';

/**
 * Opens the device's outbox and starts sending what waits in it. Never rejects: without lasting storage the outbox lives in
 * memory. Once a page is enough.
 */
export async function openOutbox(): Promise<Outbox> {
  return runOutbox(await openStore(), browserEnvironment());
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

function browserEnvironment(): SyncEnvironment {
  // Missing in old browsers, and on plain HTTP, whatever the types say.
  const locks: LockManager | undefined = 'locks' in navigator ? navigator.locks : undefined;
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    fetch: async (address, request) => fetch(address, request),
    takeTurn: async () => takeTurn(locks, after),
    onSign: (callback) => listenForSigns(window, callback),
    otherTabs: browserTabs(window),
    askForPersistence: () => askForPersistence(navigator.storage),
    readRoom: async () => readStorageRoom(navigator.storage),
    askToBeWoken: () => undefined,
  };
}
