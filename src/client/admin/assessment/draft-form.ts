import { assessmentDraftSchema, type AssessmentDraft } from '#core/contract/assessment.ts';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { OrganizationList } from '#core/contract/organization.ts';
import { fiscalYearOf } from '#core/life/day.ts';
import { inArabicDigits } from '#core/typed-digits.ts';
import {
  complaintForms,
  complaintProblems,
  readComplaints,
  type ComplaintForm,
} from './complaint-form.ts';
import { nameProblems, type FieldProblem } from './field-problem.ts';
import { emptyName, nameForm, readName, type NameForm } from './name-form.ts';

// An assessment as it is typed: every value is text, and nothing is refused until it is asked for.

export interface DepartmentForm {
  number: number;
  name: NameForm;
  /** By instrument id; empty = no target, "80%" = a share of the people on the staff list. */
  targets: Record<string, string>;
  /** People on the staff list; empty = not told. */
  headCount: string;
  retired: boolean;
}

export interface DraftForm {
  /** Of a new one: whose it is, out of the tree; left out, it is typed by name. */
  organizationId?: string | undefined;
  organization: NameForm;
  fiscalYear: string;
  instruments: string[];
  departments: DepartmentForm[];
  suppressionThreshold: string;
  complaints: ComplaintForm[];
}

export type ReadForm =
  | { state: 'valid'; draft: AssessmentDraft }
  | { state: 'invalid'; problems: FieldProblem[] };

const MIN_YEAR = 2560;
const MAX_YEAR = 2650;
const MAX_TARGET = 1_000_000;
const MIN_THRESHOLD = 3;
const MAX_THRESHOLD = 1_000;

export const FISCAL_YEAR_FIELD = 'fiscal-year';
export const THRESHOLD_FIELD = 'suppression-threshold';
export const DEPARTMENTS_FIELD = 'departments';
export const organizationField = (language: Language) => `organization-${language}`;
export const departmentNameField = (number: number, language: Language) =>
  `department-${number}-name-${language}`;
export const headCountField = (number: number) => `department-${number}-head-count`;
export const targetField = (number: number, instrument: string) =>
  `department-${number}-target-${instrument}`;

/** The ids of all inputs of a department. */
export const fieldsOf = ({ number, targets }: DepartmentForm): string[] => [
  ...LANGUAGES.map((language) => departmentNameField(number, language)),
  ...Object.keys(targets).map((instrument) => targetField(number, instrument)),
  headCountField(number),
];

/** True if the department's number, or its name in any language, holds what is searched for. */
export function isNamed({ number, name }: DepartmentForm, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (readNumber(wanted) === number) return true;
  return LANGUAGES.some((language) => name[language].toLowerCase().includes(wanted));
}

type Target = AssessmentDraft['departments'][number]['targets'][string];

function targetText(target: Target): string {
  if (target === null) return '';
  return typeof target === 'number' ? String(target) : `${target.percent}%`;
}

/** Whether a target that is typed is a share: "80%". */
export const isShare = (typed: string): boolean => typed.trim().endsWith('%');

/** The number of a share that is typed. */
export const withoutPercent = (typed: string): string => typed.replace('%', '').trim();

/** The form of a draft or of a stored assessment. */
export function formOf(draft: AssessmentDraft): DraftForm {
  return {
    organization: nameForm(draft.organization),
    fiscalYear: String(draft.fiscalYear),
    instruments: draft.instruments,
    departments: draft.departments.map(({ number, name, targets, headCount, retired }) => ({
      number,
      name: nameForm(name),
      targets: Object.fromEntries(
        draft.instruments.map((id) => [id, targetText(targets[id] ?? null)]),
      ),
      headCount: headCount === undefined ? '' : String(headCount),
      retired,
    })),
    suppressionThreshold: String(draft.suppressionThreshold),
    complaints: complaintForms(draft.complaints ?? []),
  };
}

/**
 * The form of a new assessment from a template. The office's name is left to be typed: a template has only what its
 * offices have in common, and a word that suits them all would pass unseen onto every poster. The year is that of today,
 * as the template's own is soon over.
 */
export function newFormOf(template: AssessmentDraft, today: string): DraftForm {
  return {
    ...formOf(template),
    organization: emptyName(),
    fiscalYear: String(fiscalYearOf(today)),
  };
}

/** The form of a new assessment of the organization of that id; of another that is typed where there is none. */
export function ofOrganization(
  form: DraftForm,
  { organizations }: OrganizationList,
  id: string,
): DraftForm {
  const chosen = organizations.find((known) => known.id === id);
  return chosen
    ? { ...form, organizationId: chosen.id, organization: nameForm(chosen.name) }
    : { ...form, organizationId: undefined, organization: emptyName() };
}

/** An empty department with a number that no department of the form ever had. */
export function newDepartment(form: DraftForm): DepartmentForm {
  const highest = Math.max(0, ...form.departments.map(({ number }) => number));
  return {
    number: highest + 1,
    name: emptyName(),
    targets: Object.fromEntries(form.instruments.map((id) => [id, ''])),
    headCount: '',
    retired: false,
  };
}

/** A whole number as people type it: Thai and Burmese digits, grouping commas and spaces are fine. Null = not one. */
export function readNumber(typed: string): number | null {
  const plain = inArabicDigits(typed).replace(/[\s,]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

function isNumberIn(typed: string, lowest: number, highest: number): boolean {
  const value = readNumber(typed);
  return value !== null && value >= lowest && value <= highest;
}

/** What is wrong with the office's name and the year. */
export function officeProblems(form: DraftForm): FieldProblem[] {
  const problems = nameProblems(form.organization, organizationField);
  if (isNumberIn(form.fiscalYear, MIN_YEAR, MAX_YEAR)) return problems;
  return [...problems, { field: FISCAL_YEAR_FIELD, code: 'year-invalid' }];
}

const isEmpty = (typed: string) => typed.trim() === '';

function targetProblem(typed: string): 'target-invalid' | 'share-invalid' | null {
  if (isEmpty(typed)) return null;
  if (isShare(typed)) return isNumberIn(withoutPercent(typed), 1, 100) ? null : 'share-invalid';
  return isNumberIn(typed, 1, MAX_TARGET) ? null : 'target-invalid';
}

/** A staff list has a number of people, and has to have one where a target is a share of them. */
function headCountProblems({ number, headCount, targets }: DepartmentForm): FieldProblem[] {
  const isNeeded = Object.values(targets).some(isShare);
  const isFine = isEmpty(headCount) ? !isNeeded : isNumberIn(headCount, 1, MAX_TARGET);
  return isFine ? [] : [{ field: headCountField(number), code: 'head-count-invalid' }];
}

function departmentProblems(form: DraftForm, department: DepartmentForm): FieldProblem[] {
  const { number, name, targets } = department;
  const wrongTargets = form.instruments.flatMap((id): FieldProblem[] => {
    const code = targetProblem(targets[id] ?? '');
    return code === null ? [] : [{ field: targetField(number, id), code }];
  });
  return [
    ...nameProblems(name, (language) => departmentNameField(number, language)),
    ...wrongTargets,
    ...headCountProblems(department),
  ];
}

/** The departments that count: one that was removed before the server ever knew it is left out. */
function keptDepartments(form: DraftForm, stored: ReadonlySet<number>): DepartmentForm[] {
  return form.departments.filter(({ number, retired }) => !retired || stored.has(number));
}

/** What is wrong with the departments and their targets. */
function departmentsProblems(form: DraftForm, stored: ReadonlySet<number>): FieldProblem[] {
  const kept = keptDepartments(form, stored);
  const problems = kept.flatMap((department) => departmentProblems(form, department));
  if (kept.some(({ retired }) => !retired)) return problems;
  return [...problems, { field: DEPARTMENTS_FIELD, code: 'all-retired' }];
}

function thresholdProblems({ suppressionThreshold }: DraftForm): FieldProblem[] {
  if (isNumberIn(suppressionThreshold, MIN_THRESHOLD, MAX_THRESHOLD)) return [];
  return [{ field: THRESHOLD_FIELD, code: 'threshold-invalid' }];
}

function readTarget(typed: string) {
  if (!isShare(typed)) return readNumber(typed);
  return { percent: readNumber(withoutPercent(typed)) };
}

function readDepartment(form: DraftForm, department: DepartmentForm) {
  const { number, name, targets, retired } = department;
  const headCount = readNumber(department.headCount);
  return {
    number,
    name: readName(name),
    targets: Object.fromEntries(form.instruments.map((id) => [id, readTarget(targets[id] ?? '')])),
    ...(headCount === null ? {} : { headCount }),
    retired,
  };
}

/**
 * The form as the server takes it, or everything that is wrong with it, in the order of the page. `stored` has the
 * numbers of the departments that the server knows: they are kept when retired.
 */
export function readForm(form: DraftForm, stored: ReadonlySet<number>): ReadForm {
  const problems = [
    ...officeProblems(form),
    ...thresholdProblems(form),
    ...complaintProblems(form.complaints),
    ...departmentsProblems(form, stored),
  ];
  if (problems.length > 0) return { state: 'invalid', problems };
  const draft = assessmentDraftSchema.parse({
    organization: readName(form.organization),
    fiscalYear: readNumber(form.fiscalYear),
    instruments: form.instruments,
    departments: keptDepartments(form, stored).map((department) =>
      readDepartment(form, department),
    ),
    suppressionThreshold: readNumber(form.suppressionThreshold),
    ...(form.complaints.length > 0 && { complaints: readComplaints(form.complaints) }),
  });
  return { state: 'valid', draft };
}

/** The sum of the targets that can be read, of departments that are offered. */
export function totalTarget(form: DraftForm, instrument: string): number {
  return form.departments
    .filter(({ retired }) => !retired)
    .reduce(
      (sum, { targets, headCount }) => sum + wantedOf(targets[instrument] ?? '', headCount),
      0,
    );
}

function wantedOf(typed: string, headCount: string): number {
  if (!isShare(typed)) return readNumber(typed) ?? 0;
  const percent = readNumber(withoutPercent(typed)) ?? 0;
  return Math.ceil(((readNumber(headCount) ?? 0) * percent) / 100);
}
