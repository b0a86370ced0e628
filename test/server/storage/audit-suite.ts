import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit/chain.ts';
import type { AuditNote, AuditRange } from '#server/storage/audit-rows.ts';
import type { Storage } from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const noteOf = (who: string): AuditNote => ({
  moment: '2024-11-20T16:30:00Z',
  account: 'account',
  name: who,
  action: 'assessment-changed',
  assessment: ASSESSMENT.id,
  details: { year: '2568', state: 'open' },
});

/** What storage does for the log. `openTwo` gives two servers' storages on one empty database. */
export function describeAudit(
  database: string,
  openTwo: () => Promise<readonly [Storage, Storage]>,
): void {
  let storage: Storage;
  let other: Storage;

  const begun = (number: number, moment: string) =>
    storage.beginAct({ id: numberedUuid(number), ...noteOf(`name ${number}`), moment });
  const log = () => other.readAudit({ after: 0, limit: 100 });

  describe(`the log on ${database}`, () => {
    beforeEach(async () => {
      [storage, other] = await openTwo();
    });

    afterEach(async () => {
      await storage.close();
      await other.close();
    });

    test('keeps the log of two servers in one chain', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? storage : other).appendAudit(noteOf(`name ${index}`)),
        ),
      );
      const entries = await other.readAudit({ after: 0, limit: 100 });
      expect(entries.map(({ number }) => number)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      const head = await storage.readAuditHead();
      expect(verifyAudit(entries, head)).toEqual({ state: 'intact', head });
      const newest = await storage.readAudit({ before: 21, limit: 1 });
      expect(newest).toEqual(entries.slice(-1));
      expect(newest[0]).toMatchObject({ details: { year: '2568', state: 'open' } });
    });

    test('puts the entry of what was done in the place of its note, and nothing of what was not', async () => {
      await begun(1, '2024-11-20T16:30:00Z');
      await begun(2, '2024-11-20T16:30:00Z');
      expect(await log()).toEqual([]);
      await storage.settleAct(numberedUuid(1), { ...noteOf('done'), details: { year: '2569' } });
      await storage.settleAct(numberedUuid(2), null);
      expect(await storage.settleLeftActs(null)).toBe(0);
      expect(await log()).toMatchObject([{ name: 'done', details: { year: '2569' } }]);
    });

    test('makes entries of unknown outcome of what is left, once, though two servers look', async () => {
      for (const number of [3, 1, 2]) await begun(number, `2024-11-20T16:30:0${number}Z`);
      const found = await Promise.all([
        storage.settleLeftActs('2024-11-20T16:30:03Z'),
        other.settleLeftActs('2024-11-20T16:30:03Z'),
      ]);
      expect(found.toSorted()).toEqual([0, 2]);
      const left = { year: '2568', state: 'open', outcome: 'unknown' };
      expect(await log()).toMatchObject([
        { name: 'name 1', moment: '2024-11-20T16:30:01Z', details: left },
        { name: 'name 2', details: left },
      ]);
      expect(await other.settleLeftActs(null)).toBe(1);
      const head = await storage.readAuditHead();
      expect(verifyAudit(await log(), head)).toEqual({ state: 'intact', head });
    });

    test('takes the true entry of what was taken for left and was not', async () => {
      await begun(1, '2024-11-20T16:30:00Z');
      await other.settleLeftActs(null);
      await storage.settleAct(numberedUuid(1), noteOf('done'));
      expect((await log()).map(({ name }) => name)).toEqual(['name 1', 'done']);
    });

    test('adds an entry that is to be there once only once, though two servers do', async () => {
      await Promise.all([storage, other].map((one) => one.appendAuditOnce([noteOf('the server')])));
      const ofNextYear = { ...noteOf('the server'), details: { year: '2569' } };
      await other.appendAuditOnce([noteOf('the server'), ofNextYear]);
      expect(await log()).toHaveLength(2);
    });

    test('finds entries by account, action, assessment and moment, in pages', async () => {
      const ofOther = { ...noteOf('other'), account: 'other', assessment: null };
      await storage.appendAudit({ ...noteOf('first'), moment: '2024-11-19T00:00:00Z' });
      await storage.appendAudit({ ...ofOther, action: 'signed-in' });
      await storage.appendAudit(noteOf('third'));
      await storage.appendAudit(noteOf('fourth'));
      const find = async (range: Partial<AuditRange>) =>
        (await other.readAudit({ limit: 10, ...range })).map(({ number }) => number);
      expect(await find({ account: 'account' })).toEqual([4, 3, 1]);
      expect(await find({ account: 'account', before: 4, limit: 1 })).toEqual([3]);
      expect(await find({ action: 'signed-in' })).toEqual([2]);
      expect(await find({ assessment: ASSESSMENT.id, since: '2024-11-20T16:30:00Z' })).toEqual([
        4, 3,
      ]);
      expect(await find({ until: '2024-11-20T16:30:00Z' })).toEqual([1]);
      expect(await other.countAudit({ account: 'account' })).toBe(3);
      expect(await other.countAudit({})).toBe(4);
      const { who, what, assessments } = await other.readAuditChoices({});
      expect(new Set(who.map(({ name }) => name))).toEqual(
        new Set(['first', 'other', 'third', 'fourth']),
      );
      expect([what, assessments]).toEqual([['assessment-changed', 'signed-in'], [ASSESSMENT.id]]);
    });
  });
}
