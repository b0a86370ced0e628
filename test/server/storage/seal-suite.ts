import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PROTOCOL } from '#core/contract/protocol.ts';
import { sha256 } from '#server/sha256.ts';
import type {
  ResponseToKeep,
  SetAsideEnvelope,
  Storage,
  StoredChannel,
} from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const CHANNEL: StoredChannel = {
  code: 'AAAAAAAA',
  assessment: ASSESSMENT.id,
  instrument: 'iit-2567',
  department: null,
  service: null,
  state: 'open',
};
const OTHER = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
const SEAL_SECRET = { secret: '5e'.repeat(32), keys: 1 };
const { id } = ASSESSMENT;

type Opened = ResponseToKeep & Required<Pick<ResponseToKeep, 'came'>>;

/** A response that came sealed; `sealedAs` is another text each time it is sealed. */
function opened(number: number, body: string, sealedAs: string): Opened {
  return {
    id: numberedUuid(number),
    channel: CHANNEL.code,
    day: '2024-11-20',
    digest: sha256(body),
    body,
    came: { protocol: 2, digest: sha256(sealedAs), body: sealedAs },
  };
}

const countedOf = ({ came: _came, ...response }: ResponseToKeep) => response;
const asItCame = ({ came, ...response }: Opened): SetAsideEnvelope => ({
  ...response,
  ...came,
});

/** What every storage does with sealed responses and the secrets that open them. `open` gives an empty one. */
export function describeSeals(name: string, open: () => Promise<Storage>): void {
  describe(`seals on ${name}`, () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = await open();
      await storage.createAssessment(ASSESSMENT, [CHANNEL], { sealSecret: SEAL_SECRET });
    });

    afterEach(() => storage.close());

    const page = { channel: CHANNEL.code, after: null, limit: 10 };
    const counted = () => storage.readResponses({ channel: CHANNEL.code, after: '', limit: 10 });

    test('keep a secret for each assessment, and none for one that was made without', async () => {
      await storage.createAssessment(OTHER, []);
      expect(await storage.findSealSecret(id)).toEqual(SEAL_SECRET);
      expect(await storage.findSealSecret(OTHER.id)).toBeNull();
      expect(await storage.renewSealKey(OTHER.id)).toBeNull();
      expect(await storage.findSealSecret(OTHER.id)).toBeNull();
    });

    test('count every renewal, also of two who renew at once', async () => {
      const other = { secret: 'a1'.repeat(32), keys: 1 };
      await storage.createAssessment(OTHER, [], { sealSecret: other });
      const renewed = await Promise.all([storage.renewSealKey(id), storage.renewSealKey(id)]);
      expect(renewed.toSorted()).toEqual([2, 3]);
      expect(await storage.findSealSecret(id)).toEqual({ ...SEAL_SECRET, keys: 3 });
      expect(await storage.findSealSecret(OTHER.id)).toEqual(other);
    });

    test('go with their assessment when it is removed', async () => {
      await storage.createAssessment(OTHER, [], { sealSecret: SEAL_SECRET });
      await storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, deletedOn: '2025-05-01' }, []);
      expect(await storage.findSealSecret(id)).toEqual(SEAL_SECRET);
      expect(await storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z')).toBe(1);
      expect(await storage.findSealSecret(id)).toBeNull();
      expect(await storage.findSealSecret(OTHER.id)).toEqual(SEAL_SECRET);
    });

    test('leave of what is counted the opened text, and of a conflict what came', async () => {
      const first = opened(1, '{"n":1}', 'one');
      const again = opened(1, '{"n":1}', 'another');
      const other = opened(1, '{"n":2}', 'other');
      expect(
        await storage.keepResponses({ responses: [first, again, other], quarantined: [] }),
      ).toEqual(['accepted', 'duplicate', 'conflict']);
      expect(await counted()).toEqual([countedOf(first)]);
      expect(await storage.readConflicts(page)).toEqual([asItCame(other)]);
    });

    test('leave of a conflict the response alone where its person came in by something', async () => {
      const rows = [opened(1, '{"n":1}', 'one'), opened(1, '{"n":2}', 'other')];
      const admitted = rows.map(({ came, ...row }) => ({ ...row, came: { ...came, protocol: 3 } }));
      await storage.keepResponses({ responses: admitted, quarantined: [] });
      expect(await storage.readConflicts(page)).toMatchObject([{ protocol: 1, body: '{"n":2}' }]);
    });

    test('keep what names the highest protocol there can be', async () => {
      const row = { ...asItCame(opened(1, '{}', 'later')), protocol: MAX_PROTOCOL };
      await storage.keepResponses({ responses: [], quarantined: [row] });
      expect(await storage.readQuarantine(page)).toEqual([row]);
    });

    test('let what is opened later out of the quarantine in which it lies sealed', async () => {
      const rows = [
        opened(1, '{"n":1}', 'one'),
        opened(1, '{"n":1}', 'one again'),
        opened(2, '{"n":2}', 'two'),
        opened(2, '{"n":3}', 'two, but another'),
      ];
      await storage.keepResponses({ responses: [], quarantined: rows.map(asItCame) });
      const moved = await storage.moveQuarantined(rows);
      expect(moved).toEqual({ accepted: 2, duplicate: 1, conflict: 1, uncounted: 0 });
      expect(await storage.readQuarantine(page)).toEqual([]);
      expect((await counted()).map(({ body }) => body)).toEqual(['{"n":1}', '{"n":2}']);
      expect(await storage.readConflicts(page)).toMatchObject([
        { protocol: 2, body: 'two, but another' },
      ]);
      expect(await storage.moveQuarantined(rows)).toEqual({
        accepted: 0,
        duplicate: 0,
        conflict: 0,
        uncounted: 0,
      });
    });
  });
}
