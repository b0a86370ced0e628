import { describe, expect, it } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';

const ASSESSMENT: Assessment = {
  id: '00000000-0000-4000-8000-000000000900',
  organization: { th: 'สำนักงานเขต', en: 'District office' },
  fiscalYear: 2568,
  instruments: ['iit-2567', 'eit-2567'],
  departments: [
    { number: 1, name: { th: 'ฝ่ายปกครอง' }, targets: { 'iit-2567': 30 }, retired: false },
    { number: 2, name: { th: 'ฝ่ายทะเบียน' }, targets: { 'iit-2567': null }, retired: true },
  ],
  suppressionThreshold: 5,
  life: OPEN_LIFE,
  deletedOn: null,
};
const [first, second] = ASSESSMENT.departments;
if (!first || !second) throw new Error('the assessment has two departments');

const tag = assessmentTag(ASSESSMENT);

describe('the tag of an assessment', () => {
  it('is 64 hex digits that never change, as other programs make it too', () => {
    expect(tag).toBe('f2ea8835fcd141ab11fcea4195bed53a3f430c09846130d003c4ef8ae7b00dcd');
  });

  it.each<[string, Assessment]>([
    [
      'spaces around a name',
      { ...ASSESSMENT, organization: { th: ' สำนักงานเขต', en: 'District office ' } },
    ],
    ['the order of the departments', { ...ASSESSMENT, departments: [second, first] }],
    [
      'a language that is there without a name',
      {
        ...ASSESSMENT,
        organization: { ...ASSESSMENT.organization, zh: undefined },
      },
    ],
    [
      'the order of members',
      Object.fromEntries(Object.entries(ASSESSMENT).toReversed()) as unknown as Assessment,
    ],
  ])('is not changed by %s', (_, same) => {
    expect(assessmentTag(same)).toBe(tag);
  });

  it.each<[string, Assessment]>([
    ['another name', { ...ASSESSMENT, organization: { th: 'สำนักงานเขต', en: 'District' } }],
    ['another year', { ...ASSESSMENT, fiscalYear: 2569 }],
    ['another order of the instruments', { ...ASSESSMENT, instruments: ['eit-2567', 'iit-2567'] }],
    ['a retired department', { ...ASSESSMENT, departments: [{ ...first, retired: true }, second] }],
    ['a target', { ...ASSESSMENT, departments: [{ ...first, targets: {} }, second] }],
    ['another threshold', { ...ASSESSMENT, suppressionThreshold: 6 }],
    ['being closed', { ...ASSESSMENT, life: { ...OPEN_LIFE, state: 'closed' } }],
    ['being deleted', { ...ASSESSMENT, deletedOn: '2025-01-05' }],
    ['a department more', { ...ASSESSMENT, departments: [first, second, { ...first, number: 3 }] }],
  ])('is changed by %s', (_, other) => {
    expect(assessmentTag(other)).not.toBe(tag);
  });
});
