import { expect, test, vi } from 'vitest';
import { envelope, IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer } from '../support/test-server.ts';

/** A device's report of a channel in which it finished that many. */
const reportOf = (channel: string, finished: number) => ({
  id: numberedUuid(800 + finished),
  channel,
  revision: finished,
  finished,
  acknowledged: finished,
  waiting: 0,
  refused: 0,
  oldestWaitingHours: null,
  refusedBecause: [],
  isStorageNearlyFull: false,
});

test('the lines of two devices are the same, whatever their address, browser and number of responses', async () => {
  const { app, storage, clock, logged, createChannel } = await createTestServer();
  const { code } = await createChannel(IIT.id);
  const keep = storage.keepResponses.bind(storage);
  // As it is: the more there is to keep, the longer it takes.
  vi.spyOn(storage, 'keepResponses').mockImplementation(async (toKeep) => {
    clock.now += 9 * toKeep.responses.length;
    return keep(toKeep);
  });

  async function linesOf(address: string, browser: string, count: number) {
    logged.length = 0;
    const headers = { 'x-test-address': address, 'user-agent': browser, referer: address };
    const envelopes = Array.from({ length: count }, (_, number) =>
      envelope(1_000 * count + number, code, response(IIT, { language: 'my' })),
    );
    const reports = [reportOf(code, count)];
    for (const [path, sent] of [
      ['/api/v1/batches', { envelopes }],
      ['/api/v1/device-reports', { reports }],
    ] as const) {
      const body = JSON.stringify(sent);
      const reply = await app.request(`${path}?from=${address}`, { method: 'POST', headers, body });
      expect(reply.status).toBe(200);
    }
    return structuredClone(logged);
  }

  const lines = await linesOf('198.51.100.9', 'Firefox/140', 1);
  expect(lines.map(({ fields }) => fields)).toEqual([
    { method: 'POST', route: '/api/v1/batches', status: 200, ms: 0 },
    { method: 'POST', route: '/api/v1/device-reports', status: 200, ms: 0 },
  ]);
  expect(await linesOf('203.0.113.44', 'Safari/605', 90)).toEqual(lines);
});

test('a line tells that keeping a batch took seconds', async () => {
  const { storage, clock, logged, createChannel, sendBatch } = await createTestServer();
  const { code } = await createChannel(IIT.id);
  const keep = storage.keepResponses.bind(storage);
  vi.spyOn(storage, 'keepResponses').mockImplementation(async (toKeep) => {
    clock.now += 3_456;
    return keep(toKeep);
  });
  await sendBatch([envelope(1, code)]);
  expect(logged.at(-1)?.fields).toMatchObject({ route: '/api/v1/batches', ms: 3_000 });
});
