import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningOutbox } from '#client/sync/loop.ts';
import { newStore } from '../local/new-store.ts';
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
