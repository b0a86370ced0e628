import { assert, integer, property, tuple, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Organization } from '#core/contract/organization.ts';
import { agreeing, beginningOf, type Office } from '#core/organizations/hand-down.ts';
import { ASSESSMENT } from '../../server/support/fixtures.ts';
import { numberedUuid } from '../../server/support/numbered-uuid.ts';

const TOOLS = new Map();

const departmentOf = (number: number, th: string) => ({
  number,
  name: { th },
  targets: {},
  retired: false,
});

const yearOf = (fiscalYear: number, departments: Assessment['departments']): Assessment => ({
  ...ASSESSMENT,
  id: numberedUuid(fiscalYear),
  fiscalYear,
  departments,
});

const officeOf = (names: readonly string[], assessments: readonly Assessment[]): Office => ({
  organization: { id: numberedUuid(1), parent: null, kind: 'district', name: { th: 'เขต' } },
  below: names.map((th, index): Organization => ({
    id: numberedUuid(1_000 + index),
    parent: numberedUuid(1),
    kind: 'department',
    name: { th },
  })),
  assessments,
});

const numbersIn = ({ departments }: Assessment) =>
  departments.map(({ number, name }) => `${number} ${name.th}`);

const begin = (office: Office) => beginningOf(ASSESSMENT, office, { id: 'new', tools: TOOLS });

test('a new department takes no number of another one where the highest was given out', () => {
  const before = yearOf(2567, [
    departmentOf(1, 'ก'),
    departmentOf(199, 'ข'),
    departmentOf(200, 'ค'),
  ]);
  // The new ones stand first in the tree.
  const made = begin(officeOf(['ใหม่', 'อีก', 'ก', 'ข', 'ค'], [before]));
  expect(numbersIn(made)).toEqual(['2 ใหม่', '3 อีก', '1 ก', '199 ข', '200 ค']);
});

test('a draft that is made to agree keeps its own departments apart from those of the tree, up to 200', () => {
  const draft = yearOf(2568, [departmentOf(1, 'ของเขต'), departmentOf(200, 'ก')]);
  const before = yearOf(2567, [departmentOf(1, 'เก่า')]);
  const agreed = agreeing(draft, ASSESSMENT, officeOf(['เก่า', 'ก'], [draft, before]), TOOLS);
  expect(numbersIn(agreed)).toEqual(['1 ของเขต', '2 เก่า', '200 ก']);
});

const names = uniqueArray(integer({ min: 1, max: 260 }).map(String), { maxLength: 210 });

const departments = uniqueArray(
  tuple(integer({ min: 1, max: 200 }), integer({ min: 1, max: 260 })),
  {
    selector: ([number]) => number,
    maxLength: 200,
  },
).map((pairs) => pairs.map(([number, name]) => departmentOf(number, String(name))));

test('every department of the tree gets a number of its own, at most 200 where there is one left', () => {
  assert(
    property(names, departments, departments, (tree, past, own) => {
      const before = yearOf(2567, past);
      const made = begin(officeOf(tree.length > 0 ? tree : ['ก'], [before]));
      const numbers = made.departments.map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(Math.max(...numbers)).toBeLessThanOrEqual(Math.max(200, numbers.length));

      const draft = yearOf(2568, own);
      const agreed = agreeing(draft, ASSESSMENT, officeOf(tree, [draft, before]), TOOLS);
      const byNumber = new Map(agreed.departments.map((one) => [one.number, one.name.th]));
      expect(byNumber.size).toBe(agreed.departments.length);
      for (const { number, name } of own) expect(byNumber.get(number)).toBe(name.th);
      // Beyond 200 only where there are more departments than numbers: that is refused.
      const isTooMany = agreed.departments.length > 200;
      expect(Math.max(0, ...byNumber.keys()) > 200).toBe(isTooMany);
    }),
    { seed: 2568, numRuns: 100 },
  );
});
