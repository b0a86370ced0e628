import { openStore } from '../local/open-store.ts';
import { askForPersistence } from '../local/storage-room.ts';
import type { SyncEnvironment } from './environment.ts';
import { runOutbox } from './loop.ts';
import { browserTabs } from './other-tabs.ts';
import type { Outbox } from './outbox.ts';
import { listenForSigns } from './signs.ts';
import { takeTurn } from './turn.ts';

let opened: Promise<Outbox> | null = null;

/**
 * The page's one outbox; the first call opens it and starts sending what waits in it. Never rejects: without lasting
 * storage the outbox lives in memory.
 */
export async function openOutbox(): Promise<Outbox> {
  opened ??= openStore().then(async (store) => runOutbox(store, browserEnvironment()));
  return opened;
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
  };
}
