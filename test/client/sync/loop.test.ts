import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningOutbox } from '#client/sync/loop.ts';
import { createDatabase } from '#client/local/database.ts';
import { createDeviceStore } from '#client/local/device-store.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';
import { StorageBlocked } from '#client/local/storage-trouble.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { StorageTimeout } from '#client/local/within-time.ts';
import { REPORT_EVERY_MS } from '#client/sync/device-reports.ts';
import type { SyncEnvironment } from '#client/sync/environment.ts';
import { post } from '#client/sync/request.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import { idOf } from '../../core/outbox/envelopes.ts';
import { newStore, refusingFactory } from '../local/new-store.ts';
import { Device, settled, type Line } from './device.ts';
import { finished, startRealServer, type RealServer } from './real-server.ts';

const noNetwork: Line = async () => Promise.reject(new TypeError('Failed to fetch'));
const fails = async () => Promise.reject(new Error('connection lost'));
const never: Line = async () => new Promise<never>(() => undefined);
const says =
  (status: number, body = '', headers: Record<string, string> = {}): Line =>
  async () =>
    new Response(body, { status, headers });

const kinds = ({ entries }: RunningOutbox) => entries.value.map((entry) => entry.state.kind);

let server: RealServer;

beforeEach(async () => {
  server = await startRealServer(() => Date.parse('2026-01-05T08:00:00Z'));
});

afterEach(async () => server.close());

const online: Line = async (address, request) => server.answer(address, request);
const heldIds = async () => (await server.held()).map(({ id }) => id);

describe('one tab', () => {
  test('sends what is kept at once, and the server holds it byte for byte', async () => {
    const device = new Device(online);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    expect(device.readLog()).toEqual(['0 send 1', '0 reply 200']);
    expect(kinds(outbox)).toEqual(['acknowledged']);
    const { id, digest, body } = finished(1);
    expect(await server.held()).toMatchObject([{ id, digest, body }]);
  });

  test('tries again by itself, later each time, until the network is back', async () => {
    const device = new Device(noNetwork);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await device.time.pass(25_000);
    expect(device.readLog()).toEqual([
      '0 send 1',
      '0 no reply',
      '1.5 send 1',
      '1.5 no reply',
      '4.5 send 1',
      '4.5 no reply',
      '10.5 send 1',
      '10.5 no reply',
      '22.5 send 1',
      '22.5 no reply',
    ]);
    expect(outbox.entries.value[0]?.state).toMatchObject({ kind: 'waiting', reason: 'network' });
    device.line = online;
    await device.time.pass(60_000);
    expect(device.readLog()).toEqual(['46.5 send 1', '46.5 reply 200']);
    expect(await heldIds()).toEqual([finished(1).id]);
  });

  test('tries at once when the browser gives a sign and when a person asks', async () => {
    const device = new Device(noNetwork);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    await device.sign();
    outbox.sendNow();
    await settled();
    expect(device.readLog().filter((line) => line.endsWith('send 1'))).toHaveLength(3);
  });

  test('asks the browser to wake it once in a row of failures, for it may do so at once', async () => {
    const device = new Device(noNetwork);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    for (let times = 0; times < 5; times += 1) await device.sign();
    expect(device.askedToBeWoken).toBe(1);
    device.line = online;
    await device.sign();
    device.line = noNetwork;
    await outbox.keep(finished(2));
    await settled();
    expect(device.askedToBeWoken).toBe(2);
  });

  test('gives a request up after half a minute, also one that cannot be aborted', async () => {
    const device = new Device(never);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await device.time.pass(29_999);
    expect(kinds(outbox)).toEqual(['sending']);
    await device.time.pass(1);
    expect(outbox.entries.value[0]?.state).toMatchObject({ kind: 'waiting', reason: 'timeout' });
  });

  test('aborts the request it gives up', async () => {
    let signal: AbortSignal | null | undefined;
    const device = new Device(async (address, request) => {
      if (address.endsWith('/batches')) signal = request.signal;
      return never('', request);
    });
    await (await device.openTab()).keep(finished(1));
    await device.time.pass(30_000);
    expect(signal?.aborted).toBe(true);
  });

  test('waits as long as the server asks', async () => {
    const device = new Device(says(429, '', { 'retry-after': '90' }));
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    device.line = online;
    await device.sign();
    await device.time.pass(120_000);
    expect(device.readLog()).toEqual(['0 send 1', '0 reply 429', '90 send 1', '90 reply 200']);
  });

  test.each([
    ['a page of HTML', says(200, '<html>sign in to the Wi-Fi</html>')],
    ['an answer cut in the middle', says(200, '{"results":[{"id":"000')],
    ['an empty answer', says(200)],
    ['a captive portal that forbids', says(403, '<html>')],
  ])('takes %s for no answer', async (_, line) => {
    const device = new Device(line);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    expect(outbox.entries.value[0]?.state).toMatchObject({
      kind: 'waiting',
      reason: 'unreadable-reply',
    });
  });

  test('is told of a duplicate when the first reply was lost, and the server holds one', async () => {
    const device = new Device(async (address, request) => {
      await server.answer(address, request);
      return noNetwork(address, request);
    });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    device.line = online;
    outbox.sendNow();
    await settled();
    expect(kinds(outbox)).toEqual(['acknowledged']);
    expect(await heldIds()).toHaveLength(1);
  });

  test('sends 250 in three batches and keeps the one that is refused', async () => {
    const store = newStore();
    const device = new Device(noNetwork, { store });
    const outbox = await device.openTab();
    for (let number = 0; number < 250; number += 1)
      await outbox.keep(finished(number, number !== 7));
    device.readLog();
    outbox.stop();
    device.line = online;
    const next = await device.openTab();
    // A hundred rows take many turns of the event loop.
    for (let batch = 0; batch < 10; batch += 1) await settled();
    expect(device.readLog().filter((line) => line.includes('send'))).toEqual([
      '0 send 100',
      '0 send 100',
      '0 send 50',
    ]);
    expect(await heldIds()).toHaveLength(249);
    const { entries } = await store.read();
    expect(entries).toMatchObject([
      {
        envelope: { id: finished(7).id },
        state: { kind: 'refused', problem: { code: 'channel-unknown' } },
      },
    ]);
    expect(next.entries.value.filter(({ state }) => state.kind === 'refused')).toHaveLength(1);
  });

  test('sends what cannot be written all the same, and tells that only the page holds it', async () => {
    const store = newStore();
    const full = {
      ...store,
      write: async () => Promise.reject(new DOMException('', 'QuotaExceededError')),
    };
    const device = new Device(noNetwork, { store: full });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    expect(outbox.entries.value).toMatchObject([{ isStored: false }]);
    expect(outbox.trouble.value).toBe('full');
    device.line = online;
    outbox.sendNow();
    await settled();
    expect(kinds(outbox)).toEqual(['acknowledged']);
  });

  test('sends what it knows though the store cannot be read or changed any more', async () => {
    const store = newStore();
    const broken = { ...store };
    const device = new Device(noNetwork, { store: broken });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    Object.assign(broken, { read: fails, acknowledge: fails });
    device.line = online;
    outbox.sendNow();
    await settled();
    expect(kinds(outbox)).toEqual(['acknowledged']);
    expect((await store.read()).entries).toHaveLength(1);
  });

  test('carries no cookie and asks for no cache', async () => {
    const requests: RequestInit[] = [];
    const device = new Device(async (address, request) => {
      if (address.endsWith('/batches')) requests.push(request);
      return online(address, request);
    });
    await (await device.openTab()).keep(finished(1));
    await settled();
    expect(requests).toMatchObject([{ method: 'POST', credentials: 'omit', cache: 'no-store' }]);
  });
});

const requestsOf = async (line: Line, keep: (outbox: RunningOutbox) => Promise<void>) => {
  const requests: [string, RequestInit][] = [];
  const device = new Device(async (address, request) => {
    requests.push([address, request]);
    return line(address, request);
  });
  await keep(await device.openTab());
  await settled();
  return requests;
};

describe('the request', () => {
  test('tells how the build talks, in batches and in reports', async () => {
    const requests = await requestsOf(online, async (outbox) => outbox.keep(finished(1)));
    expect(requests.map(([address, { headers }]) => [address, headers])).toMatchObject([
      ['/api/v1/batches', { [PROTOCOL_HEADER]: String(PROTOCOL) }],
      ['/api/v1/device-reports', { [PROTOCOL_HEADER]: String(PROTOCOL) }],
    ]);
  });

  test.each([
    [60_000, true],
    [60_001, false],
  ])('of %i bytes outlives its page: %s', async (bytes, isAlive) => {
    let keepalive: boolean | undefined;
    const environment = {
      now: () => 0,
      after: () => () => undefined,
      fetch: async (_: string, request: RequestInit) => {
        ({ keepalive } = request);
        return new Response('');
      },
    } as unknown as SyncEnvironment;
    // Three bytes in UTF-8, one character.
    await post('/', 'ก'.repeat(20_000) + 'x'.repeat(bytes - 60_000), environment);
    expect(keepalive).toBe(isAlive);
  });
});

const blocked = async () => Promise.reject(new StorageBlocked());
const waitingOf = (number: number): OutboxEntry => ({
  envelope: finished(number),
  keptAt: 0,
  attempts: 0,
  isStored: false,
  state: { kind: 'queued' },
});
const noRoom = async () => Promise.reject(new DOMException('', 'QuotaExceededError'));

describe('a storage that fights back', () => {
  test('is tried again at every sign, and what it could not take is on the device then', async () => {
    const working = newStore();
    const store = { ...working, write: noRoom as OutboxStore['write'] };
    const device = new Device(noNetwork, { store });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    expect(outbox.trouble.value).toBe('full');
    store.write = working.write.bind(working);
    await device.sign();
    expect(outbox.entries.value).toMatchObject([{ isStored: true }]);
    expect(outbox.trouble.value).toBe('none');
    expect((await working.read()).entries).toHaveLength(1);
  });

  test.each([
    ['missing', () => undefined as never],
    ['refused, as in private windows of older Firefox', refusingFactory],
  ])(
    'that is %s leaves all in the page: it is sent, and nobody waits for the storage',
    async (_, factory) => {
      const store = createDeviceStore(createDatabase(factory));
      const device = new Device(online, { store });
      const outbox = await device.openTab();
      await outbox.keep(finished(1));
      await settled();
      expect(outbox.keeping).toBe('memory');
      expect(outbox.trouble.value).toBe('unavailable');
      expect(kinds(outbox)).toEqual(['acknowledged']);
      expect(await heldIds()).toEqual([finished(1).id]);
    },
  );

  test.each([
    ['blocked', 'that another page blocks is used as soon as it is free', blocked],
    ['unavailable', 'whose connection is dead is used as soon as it works', fails],
  ])('%s: one %s, without anybody doing anything', async (trouble, _, failing) => {
    const working = newStore();
    const store = { ...working, read: failing, write: failing };
    const device = new Device(noNetwork, { store });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    expect(outbox.trouble.value).toBe(trouble);
    expect(outbox.keeping).toBe('memory');
    await working.write([waitingOf(2)]);
    Object.assign(store, working);
    await device.time.pass(6_000);
    expect(outbox.trouble.value).toBe('none');
    expect(outbox.entries.value.map(({ isStored }) => isStored)).toEqual([true, true]);
    expect((await working.read()).entries).toHaveLength(2);
  });

  test('without room even to be read is read as soon as it can be', async () => {
    const working = newStore();
    await working.write([waitingOf(1)]);
    const store = { ...working, read: noRoom as OutboxStore['read'] };
    const device = new Device(online, { store });
    await device.openTab();
    store.read = working.read.bind(working);
    await device.time.pass(6_000);
    expect(await heldIds()).toEqual([finished(1).id]);
  });

  test('makes one response of a write that took too long and happened after all', async () => {
    const working = newStore();
    const slow = async (entries: Parameters<OutboxStore['write']>[0]) => {
      await working.write(entries);
      throw new StorageTimeout('too late');
    };
    const device = new Device(noNetwork, { store: { ...working, write: slow } });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    expect(outbox.entries.value).toMatchObject([{ isStored: false }]);
    await device.sign();
    expect(outbox.entries.value).toMatchObject([{ isStored: true }]);
    device.line = online;
    outbox.sendNow();
    await settled();
    expect(await heldIds()).toEqual([finished(1).id]);
    expect((await working.readReports('all', 0, false))[0]).toMatchObject({
      finished: 1,
      acknowledged: 1,
    });
  });
});

describe('a server that was restored', () => {
  test('gets again what it lost, from every tab and every page that comes later', async () => {
    const device = new Device(online);
    const [one, two] = [await device.openTab(), await device.openTab()];
    await one.keep(finished(1));
    await two.keep(finished(2));
    await settled();
    expect(await heldIds()).toEqual([finished(1).id, finished(2).id]);
    await server.close();
    server = await startRealServer(() => Date.parse('2026-01-06T08:00:00Z'), idOf(9_002));
    await two.keep(finished(3));
    await settled();
    await settled();
    expect(await heldIds()).toEqual([1, 2, 3].map((number) => finished(number).id));
    expect(kinds(two)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
    one.stop();
    two.stop();
    await server.close();
    server = await startRealServer(() => Date.parse('2026-01-07T08:00:00Z'), idOf(9_003));
    await device.openTab();
    await device.time.pass(REPORT_EVERY_MS);
    await settled();
    expect(await heldIds()).toEqual([1, 2, 3].map((number) => finished(number).id));
  });
});

describe('a storage that cannot be used when the server was restored', () => {
  test('gives back what was acknowledged as soon as it works', async () => {
    const working = newStore();
    const store = { ...working };
    const device = new Device(online, { store });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    await server.close();
    server = await startRealServer(() => Date.parse('2026-01-06T08:00:00Z'), idOf(9_002));
    store.reoffer = fails;
    await outbox.keep(finished(2));
    await settled();
    expect(await heldIds()).toEqual([finished(2).id]);
    store.reoffer = working.reoffer.bind(working);
    await device.time.pass(6_000);
    await settled();
    expect(await heldIds()).toEqual([1, 2].map((number) => finished(number).id));
  });
});

describe('a page that ends', () => {
  test('in the middle of sending leaves everything to the next one', async () => {
    const store = newStore();
    const device = new Device(never, { store });
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    outbox.stop();
    device.line = online;
    const next = await device.openTab();
    await settled();
    expect(kinds(next)).toEqual(['acknowledged']);
    expect((await store.read()).entries).toEqual([]);
  });
});

describe('two tabs', () => {
  test('take turns: what one sent the other does not send again', async () => {
    const device = new Device(noNetwork);
    const [one, two] = [await device.openTab(), await device.openTab()];
    await one.keep(finished(1));
    await two.keep(finished(2));
    await settled();
    device.readLog();
    const replies: string[] = [];
    device.line = async (address, request) => {
      const reply = await online(address, request);
      if (address.endsWith('/batches')) replies.push(await reply.clone().text());
      return reply;
    };
    one.sendNow();
    two.sendNow();
    await settled();
    // One by one, because the batch before failed.
    expect(device.readLog().filter((line) => line.includes('send'))).toEqual([
      '0 send 1',
      '0 send 1',
    ]);
    expect(replies.join()).not.toContain('duplicate');
    expect(kinds(one)).toEqual(['acknowledged', 'acknowledged']);
    expect(kinds(two)).toEqual(['acknowledged', 'acknowledged']);
  });

  test('without locks may send twice, and the server keeps one', async () => {
    const device = new Device(noNetwork, { hasLocks: false });
    const [one, two] = [await device.openTab(), await device.openTab()];
    await one.keep(finished(1));
    await settled();
    device.readLog();
    device.line = online;
    one.sendNow();
    two.sendNow();
    await settled();
    expect(await heldIds()).toEqual([finished(1).id]);
    expect(kinds(one)).toEqual(['acknowledged']);
    expect(kinds(two)).toEqual(['acknowledged']);
  });

  test('show each other what is kept and what is sent', async () => {
    const device = new Device(noNetwork);
    const [one, two] = [await device.openTab(), await device.openTab()];
    await one.keep(finished(1));
    await settled();
    expect(two.entries.value).toHaveLength(1);
    device.line = online;
    one.sendNow();
    await settled();
    expect(kinds(two)).toEqual(['acknowledged']);
  });

  test('the one that is left sends what the other kept before it died', async () => {
    const device = new Device(noNetwork);
    const [one, two] = [await device.openTab(), await device.openTab()];
    await one.keep(finished(1));
    one.stop();
    device.line = online;
    await device.sign();
    expect(kinds(two)).toEqual(['acknowledged']);
  });
});
