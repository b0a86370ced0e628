// How long it takes until what waited on devices is acknowledged and gone from them: the real client code, each device on an
// IndexedDB of its own in memory, against the real server on SQLite, without faults and in real time. The devices
// share one process, so with many of them the figure is no better than real ones would have it.
import { effect } from '@preact/signals';
import { solveWork } from '#client/sync/solve-work.ts';
import { createDatabase } from '#client/local/database.ts';
import { openStore } from '#client/local/open-store.ts';
import { toEnvelope } from '#client/seal/sealed-envelope.ts';
import type { SyncEnvironment } from '#client/sync/environment.ts';
import { runOutbox, type RunningOutbox } from '#client/sync/loop.ts';
import { prepareOffice } from '../chaos/office.ts';
import { ResponseSource } from '../chaos/responses.ts';
import { IDBFactory } from '../support/indexed-db.ts';

export interface DrainFigure {
  devices: number;
  /** Of all devices together. */
  responses: number;
  seconds: number;
}

function environmentFor(url: string): SyncEnvironment {
  return {
    now: () => Date.now(),
    holdBackMs: 0,
    random: () => Math.random(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    fetch: async (address, request) => fetch(`${url}${address}`, request),
    solve: solveWork,
    takeTurn: async () => () => undefined,
    onSign: () => () => undefined,
    otherTabs: { tell: () => undefined, listen: () => () => undefined },
    askForPersistence: () => undefined,
    readRoom: async () => ({ persistence: 'not-granted', usedShare: null }),
    askToBeWoken: () => undefined,
  };
}

/** Resolves when the server has acknowledged everything that the page knows. */
async function drained({ entries }: RunningOutbox): Promise<void> {
  return new Promise((resolve) => {
    effect(() => {
      if (entries.value.every(({ state }) => state.kind === 'acknowledged')) resolve();
    });
  });
}

async function drainTime(devices: number, each: number): Promise<DrainFigure> {
  const office = await prepareOffice();
  const site = await office.newSite();
  try {
    await site.start('');
    const environment = environmentFor(site.url() ?? '');
    const stores = Array.from({ length: devices }, async (_, device) => {
      const responses = new ResponseSource(1, `bench ${device}`, office.channels.slice(0, 2), 50);
      const indexedDB = new IDBFactory();
      const store = await openStore(createDatabase(() => indexedDB));
      const envelopes = Array.from({ length: each }, async () => {
        const { id, channel, response } = responses.next();
        return toEnvelope(id, channel, response, null);
      });
      await store.write(
        (await Promise.all(envelopes)).map((envelope, number) => ({
          envelope,
          keptAt: number,
          attempts: 0,
          isStored: true,
          state: { kind: 'queued' },
        })),
      );
      return store;
    });
    const written = await Promise.all(stores);
    const begun = performance.now();
    const outboxes = await Promise.all(written.map(async (store) => runOutbox(store, environment)));
    await Promise.all(outboxes.map(drained));
    const seconds = (performance.now() - begun) / 1000;
    for (const outbox of outboxes) outbox.stop();
    await site.stop();
    return { devices, responses: devices * each, seconds };
  } finally {
    await site.remove();
    await office.remove();
  }
}

/** 20 devices that come back with 500 responses each, and one that does; after a small run to warm up. */
export async function benchDrain(): Promise<DrainFigure[]> {
  await drainTime(2, 100);
  return [await drainTime(20, 500), await drainTime(1, 500)];
}
