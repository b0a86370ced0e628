import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_FIGURES } from '#core/contract/figures.ts';
import { sha256 } from '#server/sha256.ts';
import { isChannelGone } from '#server/storage/storage-error.ts';
import type { Storage, StoredChannel, StoredResponse } from '#server/storage/storage.ts';
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
const DEPARTMENT_CHANNEL: StoredChannel = { ...OFFICE_CHANNEL, code: 'CCCCCCCC', department: 2 };

function stored(number: number, body = `{"n":${number}}`): StoredResponse {
  return {
    id: numberedUuid(number),
    channel: OFFICE_CHANNEL.code,
    day: '2024-11-20',
    digest: sha256(body),
    body,
  };
}

const figures = (eitPart2: string) => ({ ...NO_FIGURES, eitPart2 });

/** What every storage does. `open` gives an empty one, which tells of how many rows each commit is. */
export function describeStorage(
  name: string,
  open: (onKept: (rows: number) => void) => Promise<Storage>,
): void {
  describe(`storage on ${name}`, () => {
    let storage: Storage;
    let commits: number[];

    beforeEach(async () => {
      commits = [];
      storage = await open((rows) => commits.push(rows));
      await storage.createAssessment(ASSESSMENT, [DEPARTMENT_CHANNEL, OFFICE_CHANNEL]);
    });

    afterEach(() => storage.close());

    const keep = (...responses: StoredResponse[]) =>
      storage.keepResponses({ responses, quarantined: [] });
    const readAll = () =>
      storage.readResponses({ channel: OFFICE_CHANNEL.code, after: '', limit: 100 });

    test('gives an assessment back as it was stored', async () => {
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(ASSESSMENT);
      expect(await storage.listAssessments()).toEqual([ASSESSMENT]);
      expect(await storage.findAssessment(numberedUuid(901))).toBeNull();
    });

    test('keeps how many people a staff list has, and a target that is a share of them', async () => {
      const [first, ...others] = ASSESSMENT.departments;
      if (!first) throw new Error('no department');
      const share = { ...first, headCount: 436, targets: { 'iit-2567': { percent: 80 } } };
      const changed = { ...ASSESSMENT, departments: [share, ...others] };
      expect(await storage.updateAssessment(ASSESSMENT, changed, [])).toBe('done');
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(changed);
      expect(await storage.updateAssessment(changed, ASSESSMENT, [])).toBe('done');
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(ASSESSMENT);
    });

    test('lists the latest fiscal year first and keeps one organization per name', async () => {
      const next = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(next, []);
      expect((await storage.listAssessments()).map(({ fiscalYear }) => fiscalYear)).toEqual([
        2569, 2568,
      ]);
      await storage.updateAssessment(next, { ...next, organization: { th: 'ชื่อใหม่' } }, []);
      const names = (await storage.listAssessments()).map(({ organization }) => organization.th);
      expect(names).toEqual(['ชื่อใหม่', 'ชื่อใหม่']);
    });

    test('replaces departments and adds channels in one step', async () => {
      const [first, ...others] = ASSESSMENT.departments;
      if (!first) throw new Error('the fixture has departments');
      const changed = {
        ...ASSESSMENT,
        departments: [{ ...first, name: { th: 'ฝ่ายใหม่' }, retired: true }, ...others],
      };
      const added = { ...OFFICE_CHANNEL, code: 'EEEEEEEE', department: 3 };
      expect(await storage.updateAssessment(ASSESSMENT, changed, [added])).toBe('done');
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(changed);
      expect(await storage.listChannels(ASSESSMENT.id)).toEqual([
        OFFICE_CHANNEL,
        DEPARTMENT_CHANNEL,
        added,
      ]);
    });

    test('lets one of two change an assessment at once, and tells the other', async () => {
      const changes = [2569, 2570].map((fiscalYear, index) => {
        const channel = { ...OFFICE_CHANNEL, code: `EEEEEEE${index}`, department: 3 };
        return storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, fiscalYear }, [channel]);
      });
      const told = await Promise.all(changes);
      expect(told.toSorted()).toEqual(['changed-meanwhile', 'done']);
      expect(await storage.listChannels(ASSESSMENT.id)).toHaveLength(3);
    });

    test('keeps nothing of an assessment whose channel code is taken', async () => {
      const next = { ...ASSESSMENT, id: numberedUuid(901) };
      const taken = { ...OFFICE_CHANNEL, assessment: next.id };
      await expect(storage.createAssessment(next, [taken])).rejects.toThrow(/unique/i);
      expect(await storage.findAssessment(next.id)).toBeNull();
    });

    test('keeps the state and the dates of an assessment', async () => {
      const archived = {
        ...ASSESSMENT,
        suppressionThreshold: 3,
        complaints: [{ name: { th: 'สายด่วน', en: 'Hotline' }, address: 'tel:1555' }],
        life: { state: 'archived', opensOn: '2024-12-01', closesOn: '2025-04-30' } as const,
        deletedOn: '2025-05-01',
      };
      expect(await storage.updateAssessment(ASSESSMENT, archived, [])).toBe('done');
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(archived);
      expect(await storage.listLives()).toEqual([]);
      expect(await storage.updateAssessment(ASSESSMENT, archived, [])).toBe('changed-meanwhile');
      const { id, life } = archived;
      const back = { ...archived, deletedOn: null };
      expect(await storage.updateAssessment(archived, back, [])).toBe('done');
      expect(await storage.listLives()).toEqual([{ id, life }]);
      expect(await storage.updateAssessment(back, ASSESSMENT, [])).toBe('done');
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(ASSESSMENT);
    });

    test('removes what was deleted up to a day with all that belongs to it, and nothing else', async () => {
      const other = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      const otherChannel = { ...OFFICE_CHANNEL, code: 'EEEEEEEE', assessment: other.id };
      await storage.createAssessment(other, [otherChannel]);
      const report = {
        id: numberedUuid(800),
        channel: OFFICE_CHANNEL.code,
        revision: 1,
        finished: 1,
        acknowledged: 1,
        waiting: 3,
        refused: 0,
        refusedBecause: [],
        waitingSince: null,
        reportedOn: '2024-11-20',
        isStorageNearlyFull: false,
      };
      const otherReport = {
        ...report,
        id: numberedUuid(801),
        channel: otherChannel.code,
        waiting: 4,
      };
      expect(await storage.countWaiting()).toBe(0);
      await storage.keepDeviceReports([report, otherReport], 100);
      expect(await storage.countWaiting()).toBe(7);
      const elsewhere = { ...stored(9), channel: otherChannel.code };
      await storage.keepResponses({
        responses: [stored(1), stored(1, '{"other":1}'), elsewhere],
        quarantined: [{ ...stored(2), protocol: 2 }],
      });
      expect(await storage.listQuarantined()).toEqual([ASSESSMENT.id]);
      const deleted = { ...ASSESSMENT, deletedOn: '2025-05-01' };
      await storage.updateAssessment(ASSESSMENT, deleted, []);
      expect(await storage.countWaiting()).toBe(4);

      expect(await storage.removeDeleted('2025-04-30', '2025-05-31T01:00:00Z')).toBe(0);
      expect(await readAll()).toEqual([stored(1)]);
      expect(await storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z')).toBe(1);
      expect(await storage.listAssessments()).toEqual([other]);
      expect(await storage.readAudit({ after: 0, limit: 10 })).toMatchObject([
        {
          moment: '2025-05-31T02:00:00Z',
          account: 'server',
          action: 'assessment-removed',
          assessment: ASSESSMENT.id,
          details: { year: String(ASSESSMENT.fiscalYear) },
        },
      ]);
      expect(await storage.listQuarantined()).toEqual([]);
      expect(await storage.listChannels(ASSESSMENT.id)).toEqual([]);
      expect(await readAll()).toEqual([]);
      expect(await storage.countSetAside([OFFICE_CHANNEL.code])).toEqual({
        quarantined: 0,
        conflicts: 0,
        uncounted: 0,
      });
      const reports = await storage.sumDeviceReports([OFFICE_CHANNEL.code, otherChannel.code]);
      expect(reports.devices).toBe(1);
      expect(
        await storage.readResponses({ channel: otherChannel.code, after: '', limit: 9 }),
      ).toEqual([elsewhere]);
      expect(await storage.updateAssessment(deleted, ASSESSMENT, [])).toBe('changed-meanwhile');
      await expect(keep(stored(3))).rejects.toSatisfy(isChannelGone);
    });

    test('removes more responses than go into one change, and none of them of another year', async () => {
      const other = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      const otherChannel = { ...OFFICE_CHANNEL, code: 'EEEEEEEE', assessment: other.id };
      await storage.createAssessment(other, [otherChannel]);
      const many = Array.from({ length: 1_100 }, (_, index) => stored(1_000 + index));
      const elsewhere = { ...stored(9), channel: otherChannel.code };
      for (const responses of [many.slice(0, 550), many.slice(550), [elsewhere]])
        await storage.keepResponses({ responses, quarantined: [] });
      await storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, deletedOn: '2025-05-01' }, []);

      expect(await storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z')).toBe(1);
      const numbers = await storage.countResponses([OFFICE_CHANNEL.code, otherChannel.code]);
      expect(numbers.get(OFFICE_CHANNEL.code) ?? 0).toBe(0);
      expect(numbers.get(otherChannel.code)).toBe(1);
    });

    test('brings an assessment back whole or not at all, also while its removal begins', async () => {
      const many = Array.from({ length: 1_100 }, (_, index) => stored(1_000 + index));
      for (const responses of [many.slice(0, 550), many.slice(550)])
        await storage.keepResponses({ responses, quarantined: [] });
      const deleted = { ...ASSESSMENT, deletedOn: '2025-05-01' };
      await storage.updateAssessment(ASSESSMENT, deleted, []);

      // Judged by what it was before the first slice, by somebody whose day had not ended yet.
      const removing = storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z');
      const broughtBack: string[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1)
        broughtBack.push(await storage.updateAssessment(deleted, ASSESSMENT, []));
      await removing;
      const { code } = OFFICE_CHANNEL;
      const left = (await storage.countResponses([code])).get(code) ?? 0;
      expect(left).toBe(broughtBack.includes('done') ? many.length : 0);
    });

    test('finds channels by code and changes one', async () => {
      expect(await storage.findChannels(['CCCCCCCC', 'XXXXXXXX'])).toEqual([DEPARTMENT_CHANNEL]);
      const { code } = OFFICE_CHANNEL;
      await Promise.all([
        storage.changeChannel(code, { state: 'closed' }),
        storage.changeChannel(code, { service: 4 }),
      ]);
      const closed: StoredChannel = { ...OFFICE_CHANNEL, state: 'closed', service: 4 };
      expect(await storage.findChannels([code])).toEqual([closed]);
      expect(await storage.changeChannel(code, {})).toEqual(closed);
      expect(await storage.changeChannel(code, { service: null })).toEqual({
        ...closed,
        service: null,
      });
      expect(await storage.changeChannel('XXXXXXXX', { state: 'open' })).toBeNull();
    });

    test('accepts a new response, and tells a repeated one from a changed one', async () => {
      expect(await keep(stored(1))).toEqual(['accepted']);
      expect(await keep(stored(1))).toEqual(['duplicate']);
      expect(await keep(stored(1, '{"other":1}'))).toEqual(['conflict']);
      expect(await keep(stored(1, '{"other":1}'))).toEqual(['conflict']);
      expect(await readAll()).toEqual([stored(1)]);
      expect(await storage.countSetAside([OFFICE_CHANNEL.code])).toEqual({
        quarantined: 0,
        conflicts: 1,
        uncounted: 0,
      });
    });

    test('tells the same inside one batch', async () => {
      const other = stored(1, '{"other":1}');
      expect(await keep(stored(2), stored(1), stored(1), other)).toEqual([
        'accepted',
        'accepted',
        'duplicate',
        'conflict',
      ]);
    });

    test('puts on disk by one commit what requests bring that come at once', async () => {
      await Promise.all([keep(stored(1)), keep(stored(2), stored(3)), keep(stored(4))]);
      expect(commits).toEqual([4]);
      expect(await readAll()).toHaveLength(4);
    });

    test('accepts each response once when the same batch comes twice at the same time', async () => {
      const batch = Array.from({ length: 60 }, (_, index) => stored(index + 1));
      const replies = await Promise.all([keep(...batch), keep(...batch.toReversed())]);
      const accepted = replies.flat().filter((keeping) => keeping === 'accepted');
      expect(accepted).toHaveLength(60);
      expect(await storage.countResponses([OFFICE_CHANNEL.code])).toEqual(
        new Map([[OFFICE_CHANNEL.code, 60]]),
      );
    });

    test('keeps the unknown apart and does not count it', async () => {
      const unknown = { ...stored(1), protocol: 2 };
      await storage.keepResponses({ responses: [], quarantined: [unknown, unknown] });
      expect(await storage.countResponses([OFFICE_CHANNEL.code])).toEqual(new Map());
      expect(await storage.countSetAside([OFFICE_CHANNEL.code])).toEqual({
        quarantined: 1,
        conflicts: 0,
        uncounted: 0,
      });
    });

    test('keeps none of a batch when one cannot be kept', async () => {
      const foreign = { ...stored(2), channel: 'XXXXXXXX' };
      await expect(keep(stored(1), foreign)).rejects.toSatisfy(isChannelGone);
      expect(await readAll()).toEqual([]);
      // One that fails in the middle.
      const without = { ...stored(3), body: null as never };
      await expect(keep(stored(1), without)).rejects.toThrow(/not.null/i);
      expect(await readAll()).toEqual([]);
    });

    test('keeps what comes at the same time as if it came one after the other', async () => {
      const foreign = { ...stored(2), channel: 'XXXXXXXX' };
      const told = await Promise.all([
        keep(stored(1), stored(3)),
        keep(stored(3)),
        keep(stored(1, '{"other":1}'), stored(4)),
        keep(stored(5), foreign).catch(() => 'none'),
        keep(stored(6)),
      ]);
      expect(told).toEqual([
        ['accepted', 'accepted'],
        ['duplicate'],
        ['conflict', 'accepted'],
        'none',
        ['accepted'],
      ]);
      expect(await readAll()).toEqual([1, 3, 4, 6].map((number) => stored(number)));
    });

    test('lists the ids of a channel, and finds the responses of ids', async () => {
      await keep(stored(3), stored(1), stored(2));
      const ids = await storage.listResponseIds(OFFICE_CHANNEL.code);
      expect(ids.toSorted()).toEqual([stored(1).id, stored(2).id, stored(3).id]);
      expect(await storage.listResponseIds('XXXXXXXX')).toEqual([]);
      const own = [OFFICE_CHANNEL.code];
      const found = await storage.findResponses(own, [stored(3).id, stored(1).id, stored(9).id]);
      expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([stored(1), stored(3)]);
      expect(await storage.findResponses(own, [])).toEqual([]);
      expect(await storage.findResponses([], [stored(3).id])).toEqual([]);
    });

    test('reads responses by id in pages, whatever the order they came in', async () => {
      await keep(stored(3));
      await keep(stored(1), stored(2));
      const first = await storage.readResponses({
        channel: OFFICE_CHANNEL.code,
        after: '',
        limit: 2,
      });
      expect(first).toEqual([stored(1), stored(2)]);
      const rest = await storage.readResponses({
        channel: OFFICE_CHANNEL.code,
        after: numberedUuid(2),
        limit: 2,
      });
      expect(rest).toEqual([stored(3)]);
    });

    test('lets exactly one of two take the set-up token', async () => {
      await storage.replaceSetUpToken('old');
      await storage.replaceSetUpToken('new');
      expect(await storage.hasSetUpToken('old')).toBe(false);
      expect(await storage.hasSetUpToken('new')).toBe(true);
      const taken = await Promise.all([
        storage.takeSetUpToken('new'),
        storage.takeSetUpToken('new'),
      ]);
      expect(taken.toSorted()).toEqual([false, true]);
      await storage.replaceSetUpToken('newer');
      await storage.replaceSetUpToken(null);
      expect(await storage.hasSetUpToken('newer')).toBe(false);
    });

    test('keeps the figures of an assessment, and lets one of two change them at once', async () => {
      expect(await storage.findFigures(ASSESSMENT.id)).toBeNull();
      const first = await Promise.all(
        ['82.24', '90.00'].map((score) =>
          storage.replaceFigures(ASSESSMENT.id, null, figures(score)),
        ),
      );
      expect(first.filter(Boolean)).toHaveLength(1);
      const kept = figures(first[0] ? '82.24' : '90.00');
      expect(await storage.findFigures(ASSESSMENT.id)).toEqual(kept);
      const then = await Promise.all(
        ['70.00', '71.00'].map((score) =>
          storage.replaceFigures(ASSESSMENT.id, kept, figures(score)),
        ),
      );
      expect(then.filter(Boolean)).toHaveLength(1);
      expect(await storage.findFigures(ASSESSMENT.id)).toEqual(
        figures(then[0] ? '70.00' : '71.00'),
      );
      expect(await storage.replaceFigures(numberedUuid(901), null, kept)).toBe(false);
      expect(await storage.findFigures(numberedUuid(901))).toBeNull();
    });

    test('says that it takes answers', async () => {
      expect(await storage.taking()).toBe('takes');
    });
  });
}
