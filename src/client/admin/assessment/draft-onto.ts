import { isSame, typedOnto } from '../parts/typed-onto.ts';
import type { ComplaintForm } from './complaint-form.ts';
import type { DepartmentForm, DraftForm } from './draft-form.ts';

const has = <Row>(rows: readonly Row[], row: Row) => rows.some((known) => isSame(known, row));

/** What one side added is there, what one side took out is not; where both changed a row, both are, to be looked at. */
function complaintsOnto(
  before: ComplaintForm[],
  typed: ComplaintForm[],
  stored: ComplaintForm[],
): ComplaintForm[] {
  if (isSame(before, typed)) return stored;
  const kept = typed.filter((row) => !has(before, row) || has(stored, row));
  return [...kept, ...stored.filter((row) => !has(before, row) && !has(kept, row))];
}

const numbered = (departments: readonly DepartmentForm[], wanted: number) =>
  departments.find(({ number }) => number === wanted);

/** Two people who add a department give it the same number: the one that is not stored yet gets the next. */
function departmentsOnto(
  before: DepartmentForm[],
  typed: DepartmentForm[],
  stored: DepartmentForm[],
): DepartmentForm[] {
  const known = stored.map((department) => {
    const then = numbered(before, department.number);
    const now = numbered(typed, department.number);
    return then && now ? typedOnto(then, now, department) : department;
  });
  const highest = Math.max(0, ...stored.map(({ number }) => number));
  const added = typed.filter(({ number }) => !numbered(before, number));
  return [
    ...known,
    ...added.map((department, index) => ({ ...department, number: highest + 1 + index })),
  ];
}

/** The settings with what is typed on top of what somebody else stored since they were `before`. */
export function draftOnto(before: DraftForm, typed: DraftForm, stored: DraftForm): DraftForm {
  return {
    ...typedOnto(before, typed, stored),
    departments: departmentsOnto(before.departments, typed.departments, stored.departments),
    complaints: complaintsOnto(before.complaints, typed.complaints, stored.complaints),
  };
}
