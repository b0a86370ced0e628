import { describe, expect, test } from 'vitest';
import { deliveriesSchema } from '#core/contract/deliveries.ts';
import type { DeviceReport } from '#core/contract/device-report.ts';
import { PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import { DRAFT, envelope, IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn, STANDING } from '../support/test-server.ts';

const HOUR_MS = 60 * 60 * 1000;

/** An office with a channel, and what its devices and its admin do. */
async function office() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(IIT.id);
  const path = `/api/v1/assessments/${assessment.id}/deliveries`;

  /** What device `number` says: one of ten waits. */
  function report(number: number, changes: Partial<DeviceReport> = {}): DeviceReport {
    return {
      id: numberedUuid(number),
      channel: code,
      revision: 1,
      finished: 10,
      acknowledged: 9,
      waiting: 1,
      refused: 0,
      oldestWaitingHours: 0,
      refusedBecause: [],
      isStorageNearlyFull: false,
      ...changes,
    };
  }

  /** Reports as a device does: no cookie, no sign of a page. */
  const tell = (reports: readonly unknown[], headers: Record<string, string> = {}) =>
    server.app.request('/api/v1/device-reports', {
      method: 'POST',
      headers,
      body: JSON.stringify({ reports }),
    });
  const deliveries = async (at = path) =>
    deliveriesSchema.parse(await (await server.ask('GET', at)).json());
  const writeOff = (number: number, isWrittenOff: boolean, at = path) =>
    server.ask('PATCH', `${at}/${numberedUuid(number)}`, { json: { isWrittenOff } });

  return { ...server, assessment, code, path, report, tell, deliveries, writeOff };
}

describe('a device report', () => {
  test('is answered with the epoch, and seen by the admin', async () => {
    const { tell, report, deliveries, code } = await office();
    const reply = await tell([
      report(1, { waiting: 3, acknowledged: 7, oldestWaitingHours: 9 }),
      report(2, { finished: 5, acknowledged: 5, waiting: 0, oldestWaitingHours: null }),
    ]);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual(STANDING);
    expect(await deliveries()).toEqual({
      devices: 2,
      finished: 15,
      acknowledged: 12,
      waiting: 3,
      refused: 0,
      received: 0,
      crowdedChannels: 0,
      isServerNearlyFull: false,
      troubled: [
        {
          id: numberedUuid(1),
          channel: code,
          waiting: 3,
          refused: 0,
          refusedBecause: [],
          // Nine hours before 16:30 UTC, cut to the hour; the day is Thailand's.
          waitingSince: '2024-11-20T07:00:00.000Z',
          reportedOn: '2024-11-20',
          isStorageNearlyFull: false,
          isWrittenOff: false,
          isAlarming: false,
        },
      ],
    });
  });

  test('replaces an older one and not a newer one, and may be repeated', async () => {
    const { tell, report, deliveries } = await office();
    await tell([report(1, { revision: 2, waiting: 2 })]);
    await tell([report(1, { revision: 1, waiting: 1 })]);
    await tell([report(1, { revision: 2, waiting: 2 })]);
    expect(await deliveries()).toMatchObject({ devices: 1, waiting: 2 });
    await tell([report(1, { revision: 3, waiting: 0, oldestWaitingHours: null })]);
    expect(await deliveries()).toMatchObject({ devices: 1, waiting: 0, troubled: [] });
  });

  test('leaves no hour behind when nothing waits any more', async () => {
    const { tell, report, handle } = await office();
    const hours = () => handle.prepare('select waiting_since from device_reports').pluck().all();
    await tell([report(1, { oldestWaitingHours: 5 })]);
    expect(hours()).toEqual(['2024-11-20T11:00:00.000Z']);
    // A device that still says an hour says it of nothing.
    await tell([report(1, { revision: 2, waiting: 0, oldestWaitingHours: 6 })]);
    expect(hours()).toEqual([null]);
  });

  test('of a channel of another server is left out, and the others are kept', async () => {
    const { tell, report, deliveries } = await office();
    const reply = await tell([report(1, { channel: '22222222' }), report(2)]);
    expect(await reply.json()).toEqual(STANDING);
    expect(await deliveries()).toMatchObject({ devices: 1, waiting: 1 });
    expect(await (await tell([report(1, { channel: '22222222' })])).json()).toEqual(STANDING);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a revision of nothing', { revision: 0 }],
    ['a revision that no device can count to', { revision: 2 ** 53 }],
    ['less than nothing', { waiting: -1 }],
    ['half a response', { finished: 1.5 }],
    ['more than anybody can finish', { acknowledged: 1_000_001 }],
    ['no number', { refused: 'none' }],
    ['an age before the flood', { oldestWaitingHours: 100_001 }],
    ['a reason in words', { refusedBecause: ['call 081 234 5678'] }],
    ['more reasons than there are', { refusedBecause: Array.from({ length: 21 }, () => 'a') }],
    ['an id that tells the time', { id: '0190b5a2-0000-7000-8000-000000000000' }],
    ['more than is asked', { device: 'somchai’s phone' }],
  ])('with %s is refused, and nothing of the request is kept', async (_, changes) => {
    const { tell, report, deliveries } = await office();
    const reply = await tell([report(1), { ...report(2), ...changes }]);
    expect(await problemIn(reply)).toBe('400 invalid-request');
    expect(await deliveries()).toMatchObject({ devices: 0 });
  });

  test('at the end of every number is kept', async () => {
    const { tell, report, deliveries } = await office();
    const most = 1_000_000;
    const numbers = { finished: most, acknowledged: most, waiting: most, refused: most };
    const ends = { revision: Number.MAX_SAFE_INTEGER, oldestWaitingHours: 100_000 };
    await tell([1, 2, 3].map((number) => report(number, { ...numbers, ...ends })));
    expect(await deliveries()).toMatchObject({ finished: 3 * most, refused: 3 * most });
  });

  test.each([0, 51])('of %i channels is refused', async (channels) => {
    const { tell, report } = await office();
    const reports = Array.from({ length: channels }, (_, index) => report(index + 1));
    expect(await problemIn(await tell(reports))).toBe('400 invalid-request');
  });

  test('with the most that it may say fits', async () => {
    const { tell, report } = await office();
    const refusedBecause = Array.from({ length: 20 }, () => 'a'.repeat(40));
    const numbers = { finished: 1_000_000, acknowledged: 1_000_000, refused: 1_000_000 };
    const longest = { ...numbers, refusedBecause, revision: Number.MAX_SAFE_INTEGER };
    const reports = Array.from({ length: 50 }, (_, index) => report(index + 1, longest));
    expect((await tell(reports)).status).toBe(200);
    const long = reports.map((one) => ({ ...one, refusedBecause: ['a'.repeat(9_000)] }));
    expect(await problemIn(await tell(long))).toBe('413 body-too-large');
  });

  test('of an outdated build is not kept', async () => {
    const { replaceBuild, ask, report, deliveries } = await office();
    replaceBuild({ minimumClientProtocol: 2 });
    const reply = await ask('POST', '/api/v1/device-reports', {
      json: { reports: [report(1)] },
      headers: { [PROTOCOL_HEADER]: '1' },
    });
    expect(await problemIn(reply)).toBe('426 outdated-client');
    expect(await deliveries()).toMatchObject({ devices: 0 });
  });

  test('that cannot be written is answered 503', async () => {
    const { tell, report, handle } = await office();
    handle.pragma('query_only = ON');
    expect(await problemIn(await tell([report(1)]))).toBe('503 storage-unavailable');
  });
});

describe('deliveries', () => {
  test('count everything that arrived, counted or set aside', async () => {
    const { resultsOf, code, deliveries } = await office();
    await resultsOf([envelope(1, code), envelope(2, code)]);
    await resultsOf([envelope(2, code), envelope(1, code, response(IIT, { language: 'my' }))]);
    await resultsOf([envelope(3, code, response({ ...IIT, id: 'iit-2599' }))]);
    expect(await deliveries()).toMatchObject({ devices: 0, finished: 0, received: 4 });
  });

  test('raise the alarm when a day has gone by, on the server’s clock', async () => {
    const { tell, report, deliveries, clock } = await office();
    const alarms = async () => (await deliveries()).troubled.map(({ isAlarming }) => isAlarming);
    await tell([report(1, { oldestWaitingHours: 23 })]);
    expect(await alarms()).toEqual([false]);
    clock.now += 2 * HOUR_MS;
    expect(await alarms()).toEqual([true]);
    await tell([report(1, { revision: 2, oldestWaitingHours: 1 })]);
    expect(await alarms()).toEqual([false]);
  });

  test('are quiet about a device that is given up, until it reports again or that is taken back', async () => {
    const { tell, report, deliveries, writeOff } = await office();
    await tell([report(1, { oldestWaitingHours: 99 })]);
    expect((await writeOff(1, true)).status).toBe(204);
    const [givenUp] = (await deliveries()).troubled;
    expect(givenUp).toMatchObject({ isWrittenOff: true, isAlarming: false, waiting: 1 });
    await writeOff(1, false);
    expect((await deliveries()).troubled).toMatchObject([{ isAlarming: true }]);

    await writeOff(1, true);
    await tell([report(1, { oldestWaitingHours: 99 })]);
    expect((await deliveries()).troubled).toMatchObject([{ isWrittenOff: true }]);
    await tell([report(1, { revision: 2, oldestWaitingHours: 100 })]);
    expect((await deliveries()).troubled).toMatchObject([{ isWrittenOff: false }]);
  });

  test('say of how many channels more devices told than are remembered', async () => {
    const { tell, report, deliveries, handle } = await office();
    await tell([report(1)]);
    // Made up, as a program does it with requests.
    const { changes } = handle
      .prepare(
        `with recursive made_up (n) as (select 3 union all select n + 1 from made_up where n < 20000)
        insert into device_reports
        select organization_id, fiscal_year, 'made up ' || n, channel, revision, finished, finished, 0, 0,
          refused_because, null, reported_on, 0, 0
        from device_reports, made_up`,
      )
      .run();
    expect(changes).toBe(19_998);
    expect(await deliveries()).toMatchObject({ devices: 19_999, crowdedChannels: 0 });
    await tell([report(2), report(3, { waiting: 9 })]);
    expect(await deliveries()).toMatchObject({ devices: 20_000, waiting: 2, crowdedChannels: 1 });
    await tell([report(1, { revision: 2, waiting: 5 })]);
    expect(await deliveries()).toMatchObject({ waiting: 6, crowdedChannels: 1 });
  });

  test('are only of their own assessment', async () => {
    const { tell, report, deliveries, writeOff, createAssessment, path } = await office();
    const { assessment, channels } = await createAssessment({ ...DRAFT, fiscalYear: 2569 });
    const elsewhere = `/api/v1/assessments/${assessment.id}/deliveries`;
    await tell([report(1), report(2, { channel: channels[0]?.code ?? '' })]);
    expect((await deliveries()).troubled.map(({ id }) => id)).toEqual([numberedUuid(1)]);
    expect((await deliveries(elsewhere)).troubled.map(({ id }) => id)).toEqual([numberedUuid(2)]);
    expect(await problemIn(await writeOff(1, true, elsewhere))).toBe('404 not-found');
    expect(await problemIn(await writeOff(2, true, path))).toBe('404 not-found');
    expect(await problemIn(await writeOff(3, true))).toBe('404 not-found');
    expect((await deliveries()).troubled).toMatchObject([{ isWrittenOff: false }]);
  });

  test('know no device by another name, and no assessment that is not there', async () => {
    const { ask, path } = await office();
    const json = { isWrittenOff: true };
    expect(await problemIn(await ask('PATCH', `${path}/%00`, { json }))).toBe('404 not-found');
    const nowhere = `/api/v1/assessments/${numberedUuid(800)}/deliveries`;
    expect(await problemIn(await ask('GET', nowhere))).toBe('404 not-found');
    const given = { isWrittenOff: 'yes' };
    const reply = await ask('PATCH', `${path}/${numberedUuid(1)}`, { json: given });
    expect(await problemIn(reply)).toBe('400 invalid-request');
  });

  test('are for who is signed in, and changed from our own pages only', async () => {
    const { app, ask, path } = await office();
    expect(await problemIn(await app.request(path))).toBe('401 not-signed-in');
    const one = `${path}/${numberedUuid(1)}`;
    const body = JSON.stringify({ isWrittenOff: true });
    const own = { 'sec-fetch-site': 'same-origin' };
    const unknown = await app.request(one, { method: 'PATCH', headers: own, body });
    expect(await problemIn(unknown)).toBe('401 not-signed-in');
    const foreign = await ask('PATCH', one, { body, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(await problemIn(foreign)).toBe('403 cross-site');
  });
});

test('the admin is told that the server itself has little room left', async () => {
  const { replaceBuild, ask, path } = await office();
  const tell = async (disk: 'enough' | 'little' | 'unknown') => {
    replaceBuild({
      readiness: () => Promise.resolve({ status: 'ready', disk, database: 'takes' }),
    });
    return deliveriesSchema.parse(await (await ask('GET', path)).json()).isServerNearlyFull;
  };
  expect([await tell('enough'), await tell('unknown'), await tell('little')]).toEqual([
    false,
    false,
    true,
  ]);
});
