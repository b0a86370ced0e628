import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templateSchema } from '#core/contract/assessment.ts';
import {
  fieldsOf,
  formOf,
  isNamed,
  newDepartment,
  newFormOf,
  readForm,
  readNumber,
  totalTarget,
  type DraftForm,
} from '#client/admin/assessment/draft-form.ts';

const { draft } = templateSchema.parse(
  JSON.parse(readFileSync('src/core/templates/bangkok-district-2568.json', 'utf8')),
);
const STORED = new Set(draft.departments.map(({ number }) => number));
const NOBODY: ReadonlySet<number> = new Set();

function formWith(change: (form: DraftForm) => void): DraftForm {
  const form = structuredClone(formOf(draft));
  change(form);
  return form;
}

function problemsOf(form: DraftForm, stored = STORED as ReadonlySet<number>) {
  const read = readForm(form, stored);
  return read.state === 'invalid' ? read.problems : [];
}

function departmentAt(form: DraftForm, index: number) {
  const department = form.departments[index];
  if (!department) throw new Error(`the template has no department at ${index}`);
  return department;
}

describe('an assessment as it is typed', () => {
  it('is the template again when nothing was changed', () => {
    expect(readForm(formOf(draft), STORED)).toEqual({ state: 'valid', draft });
  });

  it('keeps targets, names and the year, without the spaces round them', () => {
    const form = formWith((typed) => {
      typed.organization.th = '  สำนักงานเขตประเวศ ';
      typed.fiscalYear = '๒๕๖๙';
      departmentAt(typed, 0).targets['iit-2567'] = '1,234';
      departmentAt(typed, 0).name.en = ' ';
    });
    const read = readForm(form, STORED);
    expect(read).toMatchObject({
      state: 'valid',
      draft: { organization: { th: 'สำนักงานเขตประเวศ' }, fiscalYear: 2569 },
    });
    const first = read.state === 'valid' ? read.draft.departments[0] : undefined;
    expect(first?.targets['iit-2567']).toBe(1234);
    expect(first?.targets['eit-2567']).toBeNull();
    expect(first?.name).not.toHaveProperty('en');
  });

  it('tells everything that is wrong, in the order of the page', () => {
    const form = formWith((typed) => {
      typed.organization.th = ' ';
      typed.fiscalYear = '68';
      typed.suppressionThreshold = '2';
      departmentAt(typed, 1).name.th = '';
      departmentAt(typed, 1).name.my = 'က'.repeat(201);
      departmentAt(typed, 2).targets['eit-2567'] = '0';
    });
    expect(problemsOf(form)).toEqual([
      { field: 'organization-th', code: 'name-missing' },
      { field: 'fiscal-year', code: 'year-invalid' },
      { field: 'suppression-threshold', code: 'threshold-invalid' },
      { field: 'department-2-name-th', code: 'name-missing' },
      { field: 'department-2-name-my', code: 'name-too-long' },
      { field: 'department-3-target-eit-2567', code: 'target-invalid' },
    ]);
  });

  it('takes a target that is a share of the staff, once their number is told', () => {
    const form = formWith((typed) => {
      departmentAt(typed, 0).targets['iit-2567'] = '๘๐%';
      departmentAt(typed, 0).headCount = '436';
      departmentAt(typed, 1).targets['iit-2567'] = '50%';
      departmentAt(typed, 2).targets['iit-2567'] = '101%';
      departmentAt(typed, 2).headCount = '20';
    });
    expect(problemsOf(form)).toEqual([
      { field: 'department-2-head-count', code: 'head-count-invalid' },
      { field: 'department-3-target-iit-2567', code: 'share-invalid' },
    ]);
    departmentAt(form, 1).headCount = '7';
    departmentAt(form, 2).targets['iit-2567'] = '';
    const read = readForm(form, STORED);
    const departments = read.state === 'valid' ? read.draft.departments.slice(0, 3) : [];
    expect(departments.map(({ targets, headCount }) => [targets['iit-2567'], headCount])).toEqual([
      [{ percent: 80 }, 436],
      [{ percent: 50 }, 7],
      [null, 20],
    ]);
    // 348.8 and 3.5 are 349 and 4 people.
    expect(totalTarget(form, 'iit-2567')).toBe(353);
    expect(read.state === 'valid' ? formOf(read.draft).departments[0] : null).toMatchObject({
      targets: { 'iit-2567': '80%' },
      headCount: '436',
    });
  });

  it('keeps a retired department that the server knows and drops one that it never knew', () => {
    const form = formWith((typed) => {
      departmentAt(typed, 0).retired = true;
      const added = newDepartment(typed);
      typed.departments.push({ ...added, retired: true });
    });
    const read = readForm(form, STORED);
    const departments = read.state === 'valid' ? read.draft.departments : [];
    expect(departments.map(({ number, retired }) => [number, retired]).slice(0, 2)).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(departments).toHaveLength(11);
  });

  it('needs one department in use', () => {
    const form = formWith((typed) => {
      for (const department of typed.departments) department.retired = true;
    });
    expect(problemsOf(form)).toEqual([{ field: 'departments', code: 'all-retired' }]);
    expect(problemsOf(form, NOBODY)).toEqual([{ field: 'departments', code: 'all-retired' }]);
  });

  it('is the template of this year but for the name of the office when it is new', () => {
    const form = newFormOf(draft, '2026-11-22');
    expect(problemsOf(form, NOBODY)).toEqual([{ field: 'organization-th', code: 'name-missing' }]);
    form.organization.th = 'สำนักงานเขตประเวศ';
    expect(readForm(form, NOBODY)).toEqual({
      state: 'valid',
      draft: { ...draft, organization: { th: 'สำนักงานเขตประเวศ' }, fiscalYear: 2570 },
    });
  });

  it('gives a new department a number that none ever had', () => {
    expect(newDepartment(formOf(draft)).number).toBe(12);
  });

  it('adds up the targets of the departments in use', () => {
    const form = formWith((typed) => {
      departmentAt(typed, 0).targets['iit-2567'] = '40';
      departmentAt(typed, 1).targets['iit-2567'] = 'many';
      departmentAt(typed, 2).targets['iit-2567'] = '2';
      departmentAt(typed, 3).targets['iit-2567'] = '100';
      departmentAt(typed, 3).retired = true;
    });
    expect(totalTarget(form, 'iit-2567')).toBe(42);
  });
});

describe('a number as people type it', () => {
  it.each([
    ['40', 40],
    ['๔๐', 40],
    ['၄၀', 40],
    [' 1,000 ', 1000],
    ['', null],
    ['4.5', null],
    ['-4', null],
    ['forty', null],
  ])('%j is %j', (typed, value) => {
    expect(readNumber(typed)).toBe(value);
  });
});

describe('a department among many', () => {
  it.each([
    ['', true],
    [' โยธา ', true],
    ['PUBLIC WORKS', true],
    ['1', true],
    ['๑', true],
    ['2', false],
    ['ทะเบียน', false],
  ])('is searched for by its number or a part of its name: %j', (search, isFound) => {
    const department = departmentAt(formOf(draft), 0);
    expect(isNamed({ ...department, number: 1 }, search)).toBe(isFound);
  });

  it('has a field for each thing that can be wrong with it', () => {
    const form = formWith((typed) => {
      const first = departmentAt(typed, 0);
      first.name.th = '';
      first.name.my = 'x'.repeat(201);
      first.headCount = 'ก';
      for (const instrument of typed.instruments) first.targets[instrument] = 'ก';
    });
    const fields = problemsOf(form).map(({ field }) => field);
    expect(fields).toHaveLength(3 + form.instruments.length);
    expect(fieldsOf(departmentAt(form, 0))).toEqual(expect.arrayContaining(fields));
  });
});
