import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REPORT_EVERY_MS } from '#client/sync/device-reports.ts';
import { Device, settled, type Line } from './device.ts';
import { finished, startRealServer, type RealServer } from './real-server.ts';

const noNetwork: Line = async () => Promise.reject(new TypeError('Failed to fetch'));
const never: Line = async () => new Promise<never>(() => undefined);

let server: RealServer;

beforeEach(async () => {
  server = await startRealServer(() => Date.parse('2026-01-05T08:00:00Z'));
});

afterEach(async () => server.close());

const online: Line = async (address, request) => server.answer(address, request);

const summaryOf = ({ reports }: Device) =>
  reports.map(({ finished: all, acknowledged, waiting }) => [all, acknowledged, waiting]);

describe('device reports', () => {
  test('are not sent from a device where nothing was ever finished', async () => {
    const device = new Device(online);
    await device.openTab();
    await device.time.pass(3 * REPORT_EVERY_MS);
    expect(device.reports).toEqual([]);
  });

  test('tell what became of each response when the outbox has come to rest, and every hour', async () => {
    const device = new Device(noNetwork);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    device.line = online;
    outbox.sendNow();
    await settled();
    expect(summaryOf(device).at(-1)).toEqual([1, 1, 0]);
    const { length } = device.reports;
    await device.sign();
    await device.time.pass(REPORT_EVERY_MS - 1);
    expect(device.reports).toHaveLength(length);
    await device.time.pass(1);
    expect(device.reports).toHaveLength(length + 1);
  });

  test('are sent anew by every page that is opened, which so hears whether the server was restored', async () => {
    const device = new Device(online);
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    outbox.stop();
    const { length } = device.reports;
    await device.openTab();
    await settled();
    expect(device.reports).toHaveLength(length + 1);
    expect(summaryOf(device).at(-1)).toEqual([1, 1, 0]);
  });

  test('never hold up a batch', async () => {
    const device = new Device(async (address, request) =>
      address.endsWith('/batches') ? online(address, request) : never(address, request),
    );
    const outbox = await device.openTab();
    await outbox.keep(finished(1));
    await settled();
    await outbox.keep(finished(2));
    await settled();
    expect(outbox.entries.value.map(({ state }) => state.kind)).toEqual([
      'acknowledged',
      'acknowledged',
    ]);
    expect(device.reports).toHaveLength(1);
  });
});
