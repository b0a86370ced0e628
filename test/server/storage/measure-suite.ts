import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Measure } from '#core/contract/measures.ts';
import type { Storage } from '#server/storage/storage.ts';
import { ASSESSMENT, MEASURE } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const { id } = ASSESSMENT;
const SECOND: Measure = { ...MEASURE, id: numberedUuid(702), about: { type: 'nothing' } };
const CHANGED: Measure = { ...MEASURE, state: 'done', result: 'ครบทุกฝ่าย' };

/** What every storage does with measures. `open` gives an empty one. */
export function describeMeasures(name: string, open: () => Promise<Storage>): void {
  describe(`the measures on ${name}`, () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = await open();
      await storage.createAssessment(ASSESSMENT, []);
    });

    afterEach(() => storage.close());

    const stored = async (assessment = id) =>
      (await storage.listMeasures(assessment)).sort((a, b) => (a.id < b.id ? -1 : 1));

    test('are given back as they were written, and to their assessment alone', async () => {
      const other = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(other, []);
      expect(await stored()).toEqual([]);
      expect(await storage.addMeasure(id, MEASURE)).toBe(true);
      expect(await storage.addMeasure(id, SECOND)).toBe(true);
      expect(await stored()).toEqual([MEASURE, SECOND]);
      expect(await stored(other.id)).toEqual([]);
      expect(await storage.replaceMeasure(id, MEASURE, CHANGED)).toBe(true);
      expect(await storage.removeMeasure(id, SECOND)).toBe(true);
      expect(await stored()).toEqual([CHANGED]);
    });

    test('come with an assessment that is made from another, under their own ids', async () => {
      await storage.addMeasure(id, MEASURE);
      const next = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(next, [], { measures: [CHANGED, SECOND] });
      expect(await stored(next.id)).toEqual([CHANGED, SECOND]);
      expect(await storage.removeMeasure(next.id, CHANGED)).toBe(true);
      expect(await stored()).toEqual([MEASURE]);
    });

    test('are neither changed nor removed by somebody who saw another one, nor added twice', async () => {
      await storage.addMeasure(id, MEASURE);
      expect(await storage.addMeasure(id, CHANGED)).toBe(false);
      expect(await storage.replaceMeasure(id, CHANGED, SECOND)).toBe(false);
      expect(await storage.removeMeasure(id, CHANGED)).toBe(false);
      expect(await storage.replaceMeasure(id, SECOND, SECOND)).toBe(false);
      expect(await stored()).toEqual([MEASURE]);
    });

    test('let one of two change at once, and tell the other', async () => {
      await storage.addMeasure(id, MEASURE);
      const changes = ['ครั้งที่ 1', 'ครั้งที่ 2'].map((result) => ({ ...MEASURE, result }));
      const told = await Promise.all(
        changes.map((change) => storage.replaceMeasure(id, MEASURE, change)),
      );
      expect(told.filter(Boolean)).toHaveLength(1);
      expect(await stored()).toEqual(changes.filter((_, index) => told[index]));
    });

    test('go with their assessment, and those of another stay', async () => {
      const other = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(other, [], { measures: [MEASURE] });
      await storage.addMeasure(id, MEASURE);
      await storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, deletedOn: '2025-05-01' }, []);
      expect(await storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z')).toBe(1);
      expect(await stored()).toEqual([]);
      expect(await stored(other.id)).toEqual([MEASURE]);
      expect(await storage.addMeasure(id, MEASURE)).toBe(false);
    });
  });
}
