// What lies open where it should be sealed: only the page that finished it holds it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newStore } from '../local/new-store.ts';
import { Device, settled, type Line } from './device.ts';
import { idOf } from '../../core/outbox/envelopes.ts';
import { finished, startRealServer, type RealServer } from './real-server.ts';

const noNetwork: Line = async () => Promise.reject(new TypeError('Failed to fetch'));

let server: RealServer;

beforeEach(async () => {
  server = await startRealServer(() => Date.parse('2026-01-05T08:00:00Z'));
});

afterEach(async () => server.close());

const online: Line = async (address, request) => server.answer(address, request);

test('an envelope that may not be stored is sent, and never written to the device', async () => {
  const store = newStore();
  const written: string[] = [];
  const device = new Device(noNetwork, {
    store: {
      ...store,
      write: async (entries) => {
        written.push(...entries.map(({ envelope }) => envelope.id));
        return store.write(entries);
      },
      acknowledge: async (entries, standing, now) => {
        written.push(...entries.map(({ envelope }) => envelope.id));
        return store.acknowledge(entries, standing, now);
      },
    },
  });
  const outbox = await device.openTab();
  await outbox.keep(finished(1), false);
  expect(outbox.entries.value).toMatchObject([{ isStored: false }]);
  expect(outbox.trouble.value).toBe('none');
  await device.sign();
  outbox.sendNow();
  await settled();
  expect(outbox.entries.value).toMatchObject([{ isStored: false }]);

  device.line = online;
  outbox.sendNow();
  await settled();
  expect(outbox.entries.value).toMatchObject([{ state: { kind: 'acknowledged' } }]);
  expect((await server.held()).map(({ id }) => id)).toEqual([finished(1).id]);
  expect(written).toEqual([]);
  expect((await store.read()).entries).toEqual([]);
});

test('beside it, what is sealed is stored as ever', async () => {
  const store = newStore();
  const device = new Device(noNetwork, { store });
  const outbox = await device.openTab();
  await outbox.keep(finished(1), false);
  await outbox.keep(finished(2));
  await device.sign();
  expect((await store.read()).entries.map(({ envelope }) => envelope.id)).toEqual([finished(2).id]);
  device.line = online;
  outbox.sendNow();
  await settled();
  expect(await server.held()).toHaveLength(2);
  expect((await store.read()).entries).toEqual([]);
});

test('a server that was restored gets it again from the page that still has it', async () => {
  const device = new Device(online);
  const outbox = await device.openTab();
  await outbox.keep(finished(1), false);
  await settled();
  expect(await server.held()).toHaveLength(1);
  await server.close();
  server = await startRealServer(() => Date.parse('2026-01-06T08:00:00Z'), idOf(9_002));
  await outbox.keep(finished(2), false);
  await settled();
  await settled();
  expect((await server.held()).map(({ id }) => id)).toEqual([finished(1).id, finished(2).id]);
});

test('keeping it says nothing of a storage that takes nothing', async () => {
  const store = newStore();
  const device = new Device(noNetwork, {
    store: {
      ...store,
      write: async () => {
        throw new DOMException('no room', 'QuotaExceededError');
      },
    },
  });
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  expect(outbox.trouble.value).toBe('full');
  await outbox.keep(finished(2), false);
  await settled();
  expect(outbox.trouble.value).toBe('full');
});

test('what an earlier build stored waits in the storage no more when the server has it', async () => {
  const store = newStore();
  const earlier = new Device(noNetwork, { store });
  await (await earlier.openTab()).keep(finished(1));
  let isReadable = false;
  const device = new Device(noNetwork, {
    store: {
      ...store,
      read: async () => {
        if (!isReadable) throw new Error('the storage cannot be read now');
        return store.read();
      },
    },
  });
  const outbox = await device.openTab();
  await outbox.keep(finished(1), false);
  isReadable = true;
  await device.sign();
  device.line = online;
  outbox.sendNow();
  await settled();
  expect(await server.held()).toHaveLength(1);
  expect((await store.read()).entries).toEqual([]);
});
