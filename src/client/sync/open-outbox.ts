import { createDatabase, type Database } from '../local/database.ts';
import { createLease } from '../local/lease.ts';
import { openStore } from '../local/open-store.ts';
import { askForPersistence, readStorageRoom } from '../local/storage-room.ts';
import { askToBeWoken } from './ask-to-be-woken.ts';
import type { SyncEnvironment } from './environment.ts';
import { runOutbox } from './loop.ts';
import { browserTabs } from './other-tabs.ts';
import type { Outbox } from './outbox.ts';
import { listenForSigns } from './signs.ts';
import { takeTurn, TURN_LIMIT_MS } from './turn.ts';

/** On a shared device: long enough for several people, short enough for the evening to have all that came. */
const HOLD_BACK_MS = 20 * 60_000;

/**
 * Opens the device's outbox and starts sending what waits in it. Never rejects: without lasting storage the outbox lives in
 * memory. Once a page is enough. `isShared`: one person after the other answers on it, so what they say does not leave one by one.
 */
export async function openOutbox({ isShared = false } = {}): Promise<Outbox> {
  const database = createDatabase();
  const holdBackMs = isShared ? HOLD_BACK_MS : 0;
  return runOutbox(await openStore(database), { ...browserEnvironment(database), holdBackMs });
}

const now = () => Date.now();

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

/** Fetched when a flooded channel wants it: then there is a network. */
async function solve(work: string): Promise<string | null> {
  const found = await import('./solve-work.ts').catch(() => null);
  return found && found.solveWork(work);
}

function browserEnvironment(database: Database): Omit<SyncEnvironment, 'holdBackMs'> {
  // Missing in old browsers, and on plain HTTP, whatever the types say.
  const locks: LockManager | undefined = 'locks' in navigator ? navigator.locks : undefined;
  const lease = createLease(database, now, TURN_LIMIT_MS);
  return {
    now,
    random: () => Math.random(),
    after,
    fetch: async (address, request) => fetch(address, request),
    solve,
    takeTurn: async () => takeTurn(locks, after, lease),
    onSign: (callback) => listenForSigns(window, callback),
    otherTabs: browserTabs(window),
    askForPersistence: () => askForPersistence(navigator.storage),
    readRoom: async () => readStorageRoom(navigator.storage),
    askToBeWoken: () => askToBeWoken(navigator.serviceWorker),
  };
}
