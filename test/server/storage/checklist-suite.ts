import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyEntry } from '#core/contract/oit.ts';
import type { Storage, StoredChecklist } from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const CHECKLIST: StoredChecklist = {
  instrument: 'oit-2567',
  weights: { '10.2': '0.4', '10.1': '0.6' },
  entries: [
    {
      item: 'O7',
      urls: ['https://www.example.go.th/คู่มือ?a=1&b="2"', 'https://www.example.go.th/แบบฟอร์ม'],
      responsible: 'ฝ่ายปกครอง',
      note: 'บรรทัดแรก\nบรรทัดที่สอง',
      state: 'published',
      due: '2025-01-31',
      points: 0,
    },
  ],
};
const CHANGED: StoredChecklist = { ...CHECKLIST, entries: [emptyEntry('O7'), emptyEntry('O8')] };
const { id } = ASSESSMENT;

/** What every storage does with OIT checklists. `open` gives an empty one. */
export function describeChecklists(name: string, open: () => Promise<Storage>): void {
  describe(`the OIT checklists on ${name}`, () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = await open();
      await storage.createAssessment(ASSESSMENT, []);
    });

    afterEach(() => storage.close());

    test('are given back as they were written, and to their assessment alone', async () => {
      const other = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(other, []);
      expect(await storage.findChecklist(id)).toBeNull();
      expect(await storage.replaceChecklist(id, null, CHECKLIST)).toBe(true);
      expect(await storage.findChecklist(id)).toEqual(CHECKLIST);
      expect(await storage.findChecklist(other.id)).toBeNull();
      expect(await storage.replaceChecklist(id, CHECKLIST, CHANGED)).toBe(true);
      expect(await storage.findChecklist(id)).toEqual(CHANGED);
    });

    test('come with an assessment that is made from another, or not at all', async () => {
      const next = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(next, [], { checklist: CHANGED });
      expect(await storage.findChecklist(next.id)).toEqual(CHANGED);
      await expect(storage.createAssessment(next, [], { checklist: CHANGED })).rejects.toThrow(
        /unique/i,
      );
    });

    test('are not changed by somebody who saw another one', async () => {
      await storage.replaceChecklist(id, null, CHECKLIST);
      expect(await storage.replaceChecklist(id, null, CHANGED)).toBe(false);
      const others = [
        { ...CHECKLIST, instrument: 'oit-2569' },
        { ...CHECKLIST, weights: {} },
        { ...CHECKLIST, entries: [] },
      ];
      for (const other of others)
        expect(await storage.replaceChecklist(id, other, CHANGED)).toBe(false);
      expect(await storage.findChecklist(id)).toEqual(CHECKLIST);
    });

    test.each([
      ['begin', null],
      ['change', CHECKLIST],
    ])('let one of two %s at once, and tell the other', async (_, before) => {
      if (before) await storage.replaceChecklist(id, null, before);
      const told = await Promise.all(
        ['oit-2568', 'oit-2569'].map((instrument) =>
          storage.replaceChecklist(id, before, { ...CHECKLIST, instrument }),
        ),
      );
      expect(told.filter(Boolean)).toHaveLength(1);
      const kept = told[0] ? 'oit-2568' : 'oit-2569';
      expect(await storage.findChecklist(id)).toEqual({ ...CHECKLIST, instrument: kept });
    });

    test('are not kept for an assessment that does not exist', async () => {
      const nowhere = numberedUuid(902);
      expect(await storage.replaceChecklist(nowhere, null, CHECKLIST)).toBe(false);
      expect(await storage.findChecklist(nowhere)).toBeNull();
    });
  });
}
