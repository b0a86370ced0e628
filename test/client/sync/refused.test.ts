import { afterEach, beforeEach, expect, test } from 'vitest';
import { REPORT_EVERY_MS } from '#client/sync/device-reports.ts';
import type { RunningOutbox } from '#client/sync/loop.ts';
import { idOf } from '../../core/outbox/envelopes.ts';
import { Device, settled } from './device.ts';
import { finished, startRealServer, type RealServer } from './real-server.ts';

const now = () => Date.parse('2026-01-05T08:00:00Z');

let server: RealServer;

beforeEach(async () => {
  server = await startRealServer(now);
});

afterEach(async () => server.close());

const kinds = ({ entries }: RunningOutbox) => entries.value.map((entry) => entry.state.kind);
const heldIds = async () => (await server.held()).map(({ id }) => id);
const bothIds = [1, 2].map((number) => finished(number).id);

/** Another backup in its place; `isTooOld`: from before there was the channel. */
async function restoreTo(number: number, isTooOld: boolean): Promise<void> {
  await server.close();
  server = await startRealServer(now, idOf(number), { isTooOld });
}

/** The hourly report, and what follows from its answer. */
async function passHour({ time }: Device): Promise<void> {
  await time.pass(REPORT_EVERY_MS);
  await settled();
}

test('what a backup that was too old made the server refuse comes in once the right one is restored', async () => {
  const device = new Device(async (address, request) => server.answer(address, request));
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  await settled();
  await restoreTo(9_002, true);
  await outbox.keep(finished(2));
  await passHour(device);
  expect(kinds(outbox)).toEqual(['refused', 'refused']);
  await restoreTo(9_003, false);
  await passHour(device);
  expect(kinds(outbox)).toEqual(['acknowledged', 'acknowledged']);
  expect(await heldIds()).toEqual(bothIds);
});

test('so it does by a page that is opened later, and where nothing was restored it is not tried again', async () => {
  await restoreTo(9_002, true);
  const device = new Device(async (address, request) => server.answer(address, request));
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  await outbox.keep(finished(2));
  await settled();
  expect(kinds(outbox)).toEqual(['refused', 'refused']);
  outbox.stop();
  const sameDatabase = await device.openTab();
  await settled();
  device.readLog();
  await passHour(device);
  expect(device.readLog()).toEqual([]);
  sameDatabase.stop();
  await restoreTo(9_003, false);
  await device.openTab();
  await passHour(device);
  expect(await heldIds()).toEqual(bothIds);
});

test('a redirect that makes another request of the batch refuses nothing', async () => {
  // What a wall in front of the server, a proxy or a Wi-Fi asks of whoever comes, as fetch follows it.
  let isAsking = true;
  const device = new Device(async (address, request) =>
    server.answer(address, isAsking ? { method: 'GET' } : request),
  );
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  await settled();
  expect(kinds(outbox)).toEqual(['waiting']);
  isAsking = false;
  await device.time.pass(2_000);
  await settled();
  expect(kinds(outbox)).toEqual(['acknowledged']);
});
