import { expect, test } from 'vitest';
import { formOf } from '#client/admin/assessment/draft-form.ts';
import { yearThere } from '#client/admin/assessment/year-there.ts';
import { DRAFT } from '../../server/support/fixtures.ts';

const HERE = DRAFT.organization;
const known = [{ organization: HERE, fiscalYear: 2568 }];
const named = (...names: string[]) => ({
  organizations: names.map((th, index) => ({
    id: String(index),
    parent: null,
    kind: 'district' as const,
    name: { th },
  })),
});

test.each([
  ['of the same office and year', '2568', named(HERE.th, 'นคร'), true],
  ['of that year in other digits', '๒๕๖๘', named(HERE.th), true],
  ['of another year', '2569', named(HERE.th), false],
  ['of no year yet', '25', named(HERE.th), false],
  [
    'of one of two offices with that name, which the server tells apart',
    '2568',
    named(HERE.th, HERE.th),
    false,
  ],
])('a new assessment %s', (_, fiscalYear, organizations, isThere) => {
  const form = { ...formOf(DRAFT), fiscalYear };
  form.organization.th += ' ';
  const problem = { field: 'fiscal-year', code: 'year-taken' };
  expect(yearThere(form, organizations, known)).toEqual(isThere ? [problem] : []);
});
