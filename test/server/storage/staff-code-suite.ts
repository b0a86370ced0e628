import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '#server/sha256.ts';
import type { ResponseToKeep, Storage, StoredChannel } from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const { id: OFFICE } = ASSESSMENT;
const OTHER = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
const SECRET = '5e'.repeat(32);

const channelWith = (code: string, assessment: string): StoredChannel => ({
  code,
  assessment,
  instrument: 'iit-2567',
  department: null,
  service: null,
  state: 'open',
});
const CHANNEL = channelWith('AAAAAAAA', OFFICE);
const OTHER_CHANNEL = channelWith('CCCCCCCC', OTHER.id);

/** What somebody of the staff sends, with a code or with none. */
const sent = (
  number: number,
  code: string | null,
  { channel = CHANNEL.code, assessment = OFFICE, body = `{"n":${number}}` } = {},
): ResponseToKeep => ({
  id: numberedUuid(number),
  channel,
  day: '2024-11-20',
  digest: sha256(body),
  body,
  staffCode: { assessment, code },
});

const keepIn = (where: Storage, ...responses: ResponseToKeep[]) =>
  where.keepResponses({ responses, quarantined: [] });

/** What every storage does with codes of the staff. `open` gives two on one empty database. */
export function describeStaffCodes(
  name: string,
  open: () => Promise<readonly [Storage, Storage]>,
): void {
  describe(`codes of the staff on ${name}`, () => {
    let storage: Storage;
    let other: Storage;

    beforeEach(async () => {
      [storage, other] = await open();
      await storage.createAssessment(ASSESSMENT, [CHANNEL]);
      await storage.createAssessment(OTHER, [OTHER_CHANNEL]);
      await storage.demandStaffCodes(OFFICE, true, SECRET);
      await add(['A', 'B', 'C']);
    });

    afterEach(async () => {
      await storage.close();
      await other.close();
    });

    const add = (codes: string[], { department = 3, voidsUnspent = false } = {}) =>
      storage.addStaffCodes(OFFICE, { department, codes, secret: 'ff'.repeat(32), voidsUnspent });
    const keep = (...responses: ResponseToKeep[]) => keepIn(storage, ...responses);
    const counted = async () => {
      const rows = await storage.readResponses({ channel: CHANNEL.code, after: '', limit: 100 });
      return rows.map(({ id }) => id);
    };
    const departments = async () => (await storage.readStaffCodes(OFFICE)).departments;

    test('open once each, and keep apart whoever has none, a strange one or a spent one', async () => {
      expect(await keep(sent(1, 'A'), sent(2, null), sent(3, 'Z'))).toEqual([
        'accepted',
        'code-missing',
        'code-unknown',
      ]);
      expect(await keep(sent(4, 'A'), sent(5, 'B'))).toEqual(['code-spent', 'accepted']);
      expect(await counted()).toEqual([numberedUuid(1), numberedUuid(5)]);
      expect(await storage.countSetAside([CHANNEL.code])).toMatchObject({ uncounted: 3 });
      const apart = await storage.countUncounted([CHANNEL.code]);
      expect(apart.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
        { channel: CHANNEL.code, reason: 'code-missing', count: 1 },
        { channel: CHANNEL.code, reason: 'code-spent', count: 1 },
        { channel: CHANNEL.code, reason: 'code-unknown', count: 1 },
      ]);
      expect(await departments()).toEqual([{ department: 3, made: 3, spent: 2 }]);
    });

    test('are not judged again with what is stored already, counted or apart', async () => {
      await keep(sent(1, 'A'), sent(2, 'Z'));
      expect(await keep(sent(1, 'A'), sent(2, 'Z'), sent(1, null))).toEqual([
        'duplicate',
        'code-unknown',
        'duplicate',
      ]);
      expect(await keep(sent(1, 'B', { body: '{"other":1}' }))).toEqual(['conflict']);
      expect(await departments()).toEqual([{ department: 3, made: 3, spent: 1 }]);
      expect(await storage.countSetAside([CHANNEL.code])).toMatchObject({ uncounted: 1 });
    });

    test('count one of two in the same batch', async () => {
      const keepings = await keep(sent(1, 'A'), sent(2, 'A'));
      expect(keepings.toSorted()).toEqual(['accepted', 'code-spent']);
      expect(await counted()).toHaveLength(1);
    });

    test('count exactly one of many that race, also over two servers', async () => {
      const racing = Array.from({ length: 12 }, (_, number) =>
        keepIn(number % 2 === 0 ? storage : other, sent(number + 1, 'A')),
      );
      const keepings = (await Promise.all(racing)).flat();
      expect(keepings.filter((keeping) => keeping === 'accepted')).toHaveLength(1);
      expect(keepings.filter((keeping) => keeping === 'code-spent')).toHaveLength(11);
      expect(await counted()).toHaveLength(1);
    });

    test('make of the same response that comes twice at once one and a duplicate', async () => {
      const racing = [keepIn(storage, sent(1, 'A')), keepIn(other, sent(1, 'A'))];
      const keepings = (await Promise.all(racing)).flat();
      expect(keepings.toSorted()).toEqual(['accepted', 'duplicate']);
      expect(await storage.countSetAside([CHANNEL.code])).toMatchObject({ uncounted: 0 });
    });

    test('do not block each other where two servers judge many of them at once', async () => {
      const codes = Array.from({ length: 40 }, (_, number) => `CODE${number}`);
      await add(codes, { department: 4 });
      const responses = codes.map((code, number) => sent(number + 1, code));
      const both = await Promise.all([
        keepIn(storage, ...responses),
        keepIn(other, ...responses.toReversed()),
      ]);
      const all = both.flat();
      expect(all.filter((keeping) => keeping === 'accepted')).toHaveLength(40);
      expect(all.filter((keeping) => keeping === 'duplicate')).toHaveLength(40);
    });

    test('stay unspent where their response could not be stored', async () => {
      await expect(keep({ ...sent(1, 'A'), body: null as never })).rejects.toThrow(/not.null/i);
      expect(await departments()).toEqual([{ department: 3, made: 3, spent: 0 }]);
      expect(await keep(sent(2, 'A'))).toEqual(['accepted']);
    });

    test('are of their own assessment', async () => {
      await storage.demandStaffCodes(OTHER.id, true, '77'.repeat(32));
      const there = { channel: OTHER_CHANNEL.code, assessment: OTHER.id };
      expect(await keep(sent(1, 'A', there))).toEqual(['code-unknown']);
      expect(await keep(sent(2, 'A'))).toEqual(['accepted']);
    });

    test('are not asked for where nobody demands them, of other questionnaires, and after that was taken back', async () => {
      const there = { channel: OTHER_CHANNEL.code, assessment: OTHER.id };
      expect(await keep(sent(1, null, there))).toEqual(['accepted']);
      const { staffCode: _none, ...citizens } = sent(2, null);
      expect(await keep(citizens)).toEqual(['accepted']);
      await keep(sent(3, null));
      await storage.demandStaffCodes(OFFICE, false, SECRET);
      expect(await storage.areStaffCodesDemanded(OFFICE)).toBe(false);
      expect(await keep(sent(4, null), sent(5, 'A'), sent(6, 'A'))).toEqual([
        'accepted',
        'accepted',
        'accepted',
      ]);
      expect(await keep(sent(3, null))).toEqual(['code-missing']);
      await storage.demandStaffCodes(OFFICE, true, SECRET);
      expect(await keep(sent(7, 'A'))).toEqual(['code-spent']);
      expect(await counted()).toHaveLength(4);
    });

    test('open nothing any more once they are void, and those that are spent stay', async () => {
      await keep(sent(1, 'A'));
      await add(['D'], { department: 4 });
      expect(await add(['E', 'F'], { voidsUnspent: true })).toBe(2);
      expect(await departments()).toEqual([
        { department: 3, made: 3, spent: 1 },
        { department: 4, made: 1, spent: 0 },
      ]);
      expect(await keep(sent(2, 'B'), sent(3, 'A'), sent(4, 'E'), sent(5, 'D'))).toEqual([
        'code-unknown',
        'code-spent',
        'accepted',
        'accepted',
      ]);
    });

    test('are made void at one moment and spent at another, however both race', async () => {
      const codes = Array.from({ length: 200 }, (_, number) => `CODE${number}`);
      for (let round = 0; round < 8; round += 1) {
        const fresh = codes.map((code) => `${code}R${round}`);
        await add(fresh, { department: 4 });
        const responses = fresh.map((code, number) => sent(1_000 * round + number + 1, code));
        const [voided, keepings] = await Promise.all([
          other.addStaffCodes(OFFICE, {
            department: 4,
            codes: [`NEW${round}`],
            secret: SECRET,
            voidsUnspent: true,
          }),
          keepIn(storage, ...responses),
        ]);
        const accepted = keepings.filter((keeping) => keeping === 'accepted');
        const carried = round === 0 ? 0 : 1;
        expect(accepted.length + voided).toBe(fresh.length + carried);
      }
    });

    test('go with their assessment, and so does what is kept apart', async () => {
      await keep(sent(1, 'A'), sent(2, null));
      await storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, deletedOn: '2025-05-01' }, []);
      expect(await storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z')).toBe(1);
      expect(await storage.readStaffCodes(OFFICE)).toEqual({ isDemanded: false, departments: [] });
      expect(await storage.countSetAside([CHANNEL.code])).toMatchObject({ uncounted: 0 });
    });

    test('are judged as well with what comes out of the quarantine', async () => {
      const rows = [sent(1, 'A'), sent(2, 'A')];
      const asItCame = rows.map(({ staffCode: _code, ...row }) => ({ ...row, protocol: 3 }));
      await storage.keepResponses({ responses: [], quarantined: asItCame });
      const { accepted, uncounted } = await storage.moveQuarantined(rows);
      expect({ accepted, uncounted }).toEqual({ accepted: 1, uncounted: 1 });
      expect(await storage.countSetAside([CHANNEL.code])).toMatchObject({
        quarantined: 0,
        uncounted: 1,
      });
    });
  });
}
