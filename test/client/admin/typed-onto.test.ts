import { describe, expect, it } from 'vitest';
import { draftOnto } from '#client/admin/assessment/draft-onto.ts';
import type { DraftForm } from '#client/admin/assessment/draft-form.ts';
import { emptyComplaint } from '#client/admin/assessment/complaint-form.ts';
import { nameForm } from '#client/admin/assessment/name-form.ts';
import { typedOnto } from '#client/admin/parts/typed-onto.ts';

const department = (number: number, th: string, target = '') => ({
  number,
  name: nameForm({ th }),
  targets: { 'iit-2567': target },
  headCount: '',
  retired: false,
});

const complaint = (address: string) => ({ ...emptyComplaint(), address });

const BEFORE: DraftForm = {
  organization: nameForm({ th: 'เขต' }),
  fiscalYear: '2570',
  instruments: ['iit-2567'],
  departments: [department(1, 'โยธา'), department(2, 'ทะเบียน')],
  suppressionThreshold: '5',
  complaints: [complaint('1'), complaint('2')],
};

describe('what is typed on top of what another stored meanwhile', () => {
  it.each([
    ['that one typed', { a: '1', b: '' }, { a: '', b: '' }, { a: '1', b: '' }],
    ['that another stored', { a: '', b: '' }, { a: '', b: '2' }, { a: '', b: '2' }],
    ['that each did elsewhere', { a: '1', b: '' }, { a: '', b: '2' }, { a: '1', b: '2' }],
    ['that both did, as it is typed', { a: '1', b: '' }, { a: '2', b: '' }, { a: '1', b: '' }],
  ])('has the change %s', (_what, typed, stored, both) => {
    expect(typedOnto({ a: '', b: '' }, typed, stored)).toEqual(both);
  });

  it('has fields that only one side knows', () => {
    const before: Record<string, string> = {};
    expect(typedOnto(before, { ITA: '80' }, { IIT: '90' })).toEqual({ IIT: '90', ITA: '80' });
  });
});

describe('settings that two people changed', () => {
  it('have the targets of one and the names of the other', () => {
    const typed = {
      ...BEFORE,
      departments: [department(1, 'โยธา', '30'), department(2, 'ทะเบียน')],
    };
    const stored = {
      ...BEFORE,
      departments: [department(1, 'การโยธา'), department(2, 'ทะเบียน', '9')],
    };
    expect(draftOnto(BEFORE, typed, stored).departments).toEqual([
      { ...department(1, 'การโยธา', '30') },
      department(2, 'ทะเบียน', '9'),
    ]);
  });

  it('have the departments that both added, each with a number of its own', () => {
    const add = (th: string) => ({
      ...BEFORE,
      departments: [...BEFORE.departments, department(3, th)],
    });
    const { departments } = draftOnto(BEFORE, add('ของเรา'), add('ของเขา'));
    expect(departments.map(({ number, name }) => [number, name.th])).toEqual([
      [1, 'โยธา'],
      [2, 'ทะเบียน'],
      [3, 'ของเขา'],
      [4, 'ของเรา'],
    ]);
  });

  it('have the ways to complain that either added, and none that either took out', () => {
    const typed = { ...BEFORE, complaints: [complaint('2'), complaint('ours')] };
    const stored = { ...BEFORE, complaints: [complaint('1'), complaint('theirs')] };
    const { complaints } = draftOnto(BEFORE, typed, stored);
    expect(complaints.map(({ address }) => address)).toEqual(['ours', 'theirs']);
  });

  it('are what is stored where nothing was typed', () => {
    const stored = { ...BEFORE, complaints: [complaint('2'), complaint('1')], fiscalYear: '2571' };
    expect(draftOnto(BEFORE, BEFORE, stored)).toEqual(stored);
  });
});
