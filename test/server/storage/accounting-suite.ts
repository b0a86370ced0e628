import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '#server/sha256.ts';
import { isChannelGone } from '#server/storage/storage-error.ts';
import type { StoredDeviceReport } from '#server/storage/device-storage.ts';
import type { SetAsideEnvelope, Storage, StoredChannel } from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const OFFICE_CHANNEL: StoredChannel = {
  code: 'AAAAAAAA',
  assessment: ASSESSMENT.id,
  instrument: 'iit-2567',
  department: null,
  service: null,
  state: 'open',
};
const OTHER_CHANNEL: StoredChannel = { ...OFFICE_CHANNEL, code: 'CCCCCCCC', department: 2 };
const CHANNELS = [OFFICE_CHANNEL.code, OTHER_CHANNEL.code];
const MANY = 1_000;

/** What device `number` says: `waiting` of 10 finished wait. */
function report(number: number, changes: Partial<StoredDeviceReport> = {}): StoredDeviceReport {
  const waiting = changes.waiting ?? 1;
  return {
    id: numberedUuid(number),
    channel: OFFICE_CHANNEL.code,
    revision: 1,
    finished: 10,
    acknowledged: 10 - waiting,
    waiting,
    refused: 0,
    refusedBecause: [],
    waitingSince: '2024-11-20T10:00:00.000Z',
    reportedOn: '2024-11-20',
    isStorageNearlyFull: false,
    ...changes,
  };
}

function quarantined(number: number, body = `{"n":${number}}`): SetAsideEnvelope {
  return {
    id: numberedUuid(number),
    channel: OFFICE_CHANNEL.code,
    day: '2024-11-20',
    digest: sha256(body),
    body,
    protocol: 2,
  };
}

function withoutProtocol({ protocol: _protocol, ...response }: SetAsideEnvelope) {
  return response;
}

/** What storage does to account for losses. `openTwo` gives two servers' storages on one empty database. */
export function describeAccounting(
  name: string,
  openTwo: () => Promise<readonly [Storage, Storage]>,
): void {
  describe(`accounting on ${name}`, () => {
    let storage: Storage;
    let other: Storage;

    beforeEach(async () => {
      [storage, other] = await openTwo();
      await storage.createAssessment(ASSESSMENT, [OFFICE_CHANNEL, OTHER_CHANNEL]);
    });

    afterEach(async () => {
      await storage.close();
      await other.close();
    });

    const tell = (...reports: StoredDeviceReport[]) => storage.keepDeviceReports(reports, MANY);
    const setAside = (...rows: SetAsideEnvelope[]) =>
      storage.keepResponses({ responses: [], quarantined: rows });
    const counted = () => storage.countResponses(CHANNELS);
    const readAll = () =>
      storage.readResponses({ channel: OFFICE_CHANNEL.code, after: '', limit: 100 });
    const troubled = () => storage.listTroubledDevices(CHANNELS);

    describe('of device reports', () => {
      test('gives back what was told, and sums it', async () => {
        const refused = report(2, {
          channel: OTHER_CHANNEL.code,
          waiting: 0,
          refused: 3,
          refusedBecause: ['item-missing', 'channel-unknown'],
          waitingSince: '2024-11-19T23:00:00.000Z',
          isStorageNearlyFull: true,
        });
        await tell(report(1), refused);
        expect(await storage.sumDeviceReports(CHANNELS)).toEqual({
          devices: 2,
          finished: 20,
          acknowledged: 19,
          waiting: 1,
          refused: 3,
        });
        const { revision: _r, finished: _f, acknowledged: _a, ...state } = refused;
        const [first, second] = await troubled();
        expect(first).toEqual({ ...state, isWrittenOff: false });
        expect(second?.id).toBe(numberedUuid(1));
      });

      test('lists who needs somebody, the longest waiting first, those given up last', async () => {
        await tell(
          report(1, { waitingSince: '2024-11-20T09:00:00.000Z' }),
          report(2, { waitingSince: '2024-11-20T08:00:00.000Z' }),
          report(3, { waiting: 0, waitingSince: null, isStorageNearlyFull: true }),
          report(4, { waiting: 0, waitingSince: null }),
          report(5, { waitingSince: '2024-11-01T00:00:00.000Z' }),
        );
        await storage.writeOffDevice(CHANNELS, numberedUuid(5), true);
        const order = (await troubled()).map(({ id }) => id);
        expect(order).toEqual([2, 1, 3, 5].map(numberedUuid));
      });

      test('keeps the highest revision, in whatever order they come', async () => {
        await tell(report(1, { revision: 2, waiting: 2 }));
        await tell(report(1, { revision: 1, waiting: 7 }));
        await tell(report(1, { revision: 2, waiting: 8 }));
        expect(await troubled()).toMatchObject([{ waiting: 2 }]);
        await tell(report(1, { revision: Number.MAX_SAFE_INTEGER, waiting: 3 }));
        await tell(report(1, { revision: Number.MAX_SAFE_INTEGER - 1, waiting: 4 }));
        expect(await troubled()).toMatchObject([{ waiting: 3 }]);
      });

      test('keeps the highest revision of one request', async () => {
        const told = [2, 3, 1].map((revision) => report(1, { revision, waiting: revision }));
        await tell(...told);
        expect(await troubled()).toMatchObject([{ waiting: 3 }]);
      });

      test('keeps the highest of what two servers are told at once', async () => {
        const revisions = Array.from({ length: 30 }, (_, index) => index + 1);
        await Promise.all(
          revisions.map((revision) => {
            const reports = [1, 2, 3].map((id) => report(id, { revision, waiting: revision % 10 }));
            const told = revision % 2 === 0 ? reports : reports.toReversed();
            return (revision % 3 === 0 ? storage : other).keepDeviceReports(told, MANY);
          }),
        );
        expect(await storage.sumDeviceReports(CHANNELS)).toMatchObject({ devices: 3, waiting: 0 });
        await tell(report(1, { revision: 30, waiting: 5 }));
        expect(await troubled()).toEqual([]);
      });

      test('leaves an id with the channel that had it first', async () => {
        await tell(report(1));
        await tell(report(1, { channel: OTHER_CHANNEL.code, revision: 9, waiting: 9 }));
        expect(await troubled()).toMatchObject([{ channel: OFFICE_CHANNEL.code, waiting: 1 }]);
      });

      test('takes no more devices of a channel than it is told to', async () => {
        await storage.keepDeviceReports([report(1), report(2), report(3)], 2);
        await storage.keepDeviceReports([report(4)], 2);
        await storage.keepDeviceReports([report(1, { revision: 2, waiting: 5 })], 2);
        await storage.keepDeviceReports([report(5, { channel: OTHER_CHANNEL.code })], 2);
        expect(await storage.sumDeviceReports([OFFICE_CHANNEL.code])).toMatchObject({
          devices: 2,
          waiting: 6,
        });
        expect(await storage.sumDeviceReports(CHANNELS)).toMatchObject({ devices: 3 });
        expect(await storage.countCrowded(CHANNELS, 2)).toBe(1);
        expect(await storage.countCrowded(CHANNELS, 3)).toBe(0);
        expect(await storage.countCrowded([OTHER_CHANNEL.code], 2)).toBe(0);
        expect(await storage.countCrowded([], 1)).toBe(0);
      });

      test('gives up only a device of the channels, until it reports again', async () => {
        await tell(report(1));
        const id = numberedUuid(1);
        expect(await storage.writeOffDevice([OTHER_CHANNEL.code], id, true)).toBe(false);
        expect(await storage.writeOffDevice([], id, true)).toBe(false);
        expect(await storage.writeOffDevice(CHANNELS, numberedUuid(9), true)).toBe(false);
        expect(await storage.writeOffDevice(CHANNELS, id, true)).toBe(true);
        await tell(report(1));
        expect(await troubled()).toMatchObject([{ isWrittenOff: true }]);
        await tell(report(1, { revision: 2 }));
        expect(await troubled()).toMatchObject([{ isWrittenOff: false }]);
      });

      test('knows nothing of channels that nobody asked for', async () => {
        await tell(report(1));
        const nothing = { devices: 0, finished: 0, acknowledged: 0, waiting: 0, refused: 0 };
        expect(await storage.sumDeviceReports([])).toEqual(nothing);
        expect(await storage.sumDeviceReports([OTHER_CHANNEL.code])).toEqual(nothing);
        expect(await storage.listTroubledDevices([])).toEqual([]);
      });
    });

    describe('of what is set aside', () => {
      test('reads it in pages, with the protocol it was written in', async () => {
        const two = [quarantined(1), quarantined(1, '{"other":1}')];
        const [first, second] = two.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
        if (!first || !second) throw new Error('there are two');
        await setAside(quarantined(2), ...two);
        const page = { channel: OFFICE_CHANNEL.code, limit: 1 };
        expect(await storage.readQuarantine({ ...page, after: null })).toEqual([first]);
        expect(await storage.readQuarantine({ ...page, after: first })).toEqual([second]);
        expect(await storage.readQuarantine({ ...page, after: second })).toEqual([quarantined(2)]);
        expect(await storage.readQuarantine({ ...page, after: quarantined(2) })).toEqual([]);
      });

      test('reads and counts conflicts', async () => {
        const bodies = [1, 2, 3].map((number) => quarantined(1, `{"n":${number}}`));
        await storage.keepResponses({ responses: bodies.map(withoutProtocol), quarantined: [] });
        const page = { channel: OFFICE_CHANNEL.code, limit: 10 };
        const conflicts = await storage.readConflicts({ ...page, after: null });
        expect(conflicts.map(({ body }) => body).toSorted()).toEqual(['{"n":2}', '{"n":3}']);
        const [first] = conflicts;
        if (!first) throw new Error('there are two');
        expect(await storage.readConflicts({ ...page, after: first })).toEqual(conflicts.slice(1));
        expect(await storage.countConflicts(CHANNELS)).toEqual(new Map([['AAAAAAAA', 2]]));
      });

      test('moves it to the responses as it is, once', async () => {
        await setAside(quarantined(1), quarantined(2), quarantined(3));
        const moved = await storage.moveQuarantined([quarantined(1), quarantined(3)]);
        expect(moved).toEqual({ accepted: 2, duplicate: 0, conflict: 0, uncounted: 0 });
        expect(await readAll()).toEqual([quarantined(1), quarantined(3)].map(withoutProtocol));
        expect(await storage.countSetAside(CHANNELS)).toEqual({
          quarantined: 1,
          conflicts: 0,
          uncounted: 0,
        });
        const again = await storage.moveQuarantined([quarantined(1), quarantined(3)]);
        expect(again).toEqual({ accepted: 0, duplicate: 0, conflict: 0, uncounted: 0 });
        expect(await counted()).toEqual(new Map([['AAAAAAAA', 2]]));
      });

      test('tells a known one from another body under its id, and keeps both', async () => {
        await storage.keepResponses({
          responses: [withoutProtocol(quarantined(1)), withoutProtocol(quarantined(2))],
          quarantined: [quarantined(1), quarantined(2, '{"other":2}')],
        });
        const moved = await storage.moveQuarantined([
          quarantined(1),
          quarantined(2, '{"other":2}'),
        ]);
        expect(moved).toEqual({ accepted: 0, duplicate: 1, conflict: 1, uncounted: 0 });
        expect(await readAll()).toEqual([quarantined(1), quarantined(2)].map(withoutProtocol));
        expect(await storage.countSetAside(CHANNELS)).toEqual({
          quarantined: 0,
          conflicts: 1,
          uncounted: 0,
        });
      });

      test('leaves another body of the same id that nobody asked to move', async () => {
        const [one, two] = [quarantined(1, '{"a":1}'), quarantined(1, '{"b":1}')];
        await setAside(one, two, quarantined(2, '{"b":1}'));
        await storage.moveQuarantined([one, quarantined(2, '{"b":1}')]);
        const page = { channel: OFFICE_CHANNEL.code, after: null, limit: 10 };
        expect(await storage.readQuarantine(page)).toEqual([two]);
      });

      test('moves nothing of a page that cannot be moved whole', async () => {
        await setAside(quarantined(1));
        const foreign = { ...quarantined(2), channel: 'XXXXXXXX' };
        await expect(storage.moveQuarantined([quarantined(1), foreign])).rejects.toSatisfy(
          isChannelGone,
        );
        expect(await counted()).toEqual(new Map());
        expect(await storage.countSetAside(CHANNELS)).toEqual({
          quarantined: 1,
          conflicts: 0,
          uncounted: 0,
        });
      });

      test('counts each once when two servers move it while it comes again', async () => {
        const rows = Array.from({ length: 60 }, (_, index) => quarantined(index + 1));
        await setAside(...rows);
        const [moved, alsoMoved, kept] = await Promise.all([
          storage.moveQuarantined(rows),
          other.moveQuarantined(rows.toReversed()),
          other.keepResponses({ responses: rows.map(withoutProtocol), quarantined: [] }),
        ]);
        const accepted = kept.filter((keeping) => keeping === 'accepted').length;
        expect(moved.accepted + alsoMoved.accepted + accepted).toBe(60);
        expect(moved.accepted + moved.duplicate + alsoMoved.accepted + alsoMoved.duplicate).toBe(
          60,
        );
        expect(await readAll()).toEqual(rows.map(withoutProtocol));
        expect(await storage.countSetAside(CHANNELS)).toEqual({
          quarantined: 0,
          conflicts: 0,
          uncounted: 0,
        });
      });
    });
  });
}
