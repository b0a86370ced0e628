import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunningOutbox } from '#client/sync/loop.ts';
import { Device, settled, type Line } from './device.ts';
import { finished, startRealServer, type RealServer } from './real-server.ts';

const HOLD_BACK_MS = 20 * 60_000;

const kinds = ({ entries }: RunningOutbox) => entries.value.map((entry) => entry.state.kind);

let server: RealServer;

beforeEach(async () => {
  server = await startRealServer(() => Date.parse('2026-01-05T08:00:00Z'));
});

afterEach(async () => server.close());

const online: Line = async (address, request) => server.answer(address, request);
const heldIds = async () => (await server.held()).map(({ id }) => id);

test('a device that one person after the other answers on sends theirs together, some time after', async () => {
  const device = new Device(online, { holdBackMs: HOLD_BACK_MS });
  const outbox = await device.openTab();
  for (const number of [1, 2, 3]) {
    await outbox.keep(finished(number));
    await device.time.pass(4 * 60_000);
    await device.sign();
  }
  expect(device.readLog()).toEqual([]);
  expect(kinds(outbox)).toEqual(['waiting', 'waiting', 'waiting']);
  await device.time.pass(4 * 60_000);
  expect(device.readLog()).toEqual(['900 send 3', '900 reply 200']);
  expect(await heldIds()).toHaveLength(3);
});

test('what a page held back when it was closed is sent by the next one', async () => {
  const device = new Device(online, { holdBackMs: HOLD_BACK_MS });
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  outbox.stop();
  await device.openTab();
  await settled();
  expect(await heldIds()).toEqual([finished(1).id]);
});
