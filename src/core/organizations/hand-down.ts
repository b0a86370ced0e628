// What an office gets of a set-up that is handed down to it.
import type { Assessment, AssessmentDraft } from '../contract/assessment.ts';
import type { HandDownStanding } from '../contract/hand-down.ts';
import { DRAFT_LIFE } from '../contract/life.ts';
import type { Organization } from '../contract/organization.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { stateOn } from '../life/state-on.ts';

type Department = AssessmentDraft['departments'][number];

/** The tool of an instrument by its id. */
export type Tools = ReadonlyMap<string, Instrument['tool']>;

/** Where a set-up goes: an office of the tree, and its assessments of all years that are not deleted. */
export interface Office {
  organization: Organization;
  /** What stands right below it in the tree. */
  below: readonly Organization[];
  assessments: readonly Assessment[];
}

const MOST_NUMBER = 200;

const isNamed = (th: string) => (department: Department) => department.name.th.trim() === th.trim();

/** Gives out numbers: a department keeps the one it had in another year, so that years can be compared; a new one gets its own. */
function createNumbers(assessments: readonly Assessment[]) {
  const before = [...assessments]
    .sort((a, b) => b.fiscalYear - a.fiscalYear)
    .flatMap(({ departments }) => departments);
  const used = new Set(before.map(({ number }) => number));
  const given = new Set<number>();
  let next = Math.max(0, ...used) + 1;
  return function numberOf(th: string): number {
    const known = before.find((one) => isNamed(th)(one) && !given.has(one.number));
    let number = known?.number ?? next;
    // Where all of them were given out once, those of the past are free again.
    if (number > MOST_NUMBER) for (number = 1; given.has(number);) number += 1;
    if (!known && number === next) next += 1;
    given.add(number);
    return number;
  };
}

/** The departments that the tree has below the office, with what is planned for them; what is not takes the set-up's. */
function departmentsOfTree(setUp: Assessment, { below, assessments }: Office, tools: Tools) {
  const numberOf = createNumbers(assessments);
  return below
    .filter(({ kind }) => kind === 'department')
    .map(({ name, plan = {} }): Department => {
      const pattern = setUp.departments.find(isNamed(name.th));
      const headCount = plan.headCount ?? pattern?.headCount;
      const targets = setUp.instruments.map((id) => {
        const tool = tools.get(id);
        const planned = tool === 'IIT' || tool === 'EIT' ? plan[tool] : undefined;
        return [id, planned ?? pattern?.targets[id] ?? null] as const;
      });
      return {
        number: numberOf(name.th),
        name,
        targets: Object.fromEntries(targets),
        ...(headCount !== undefined && { headCount }),
        retired: false,
      };
    });
}

/** Those of the tree; where it has none the office's own of its latest other year, else those of the set-up. */
function departmentsFor(setUp: Assessment, office: Office, tools: Tools): Department[] {
  const ofTree = departmentsOfTree(setUp, office, tools);
  if (ofTree.length > 0) return ofTree;
  const [latest] = office.assessments
    .filter(({ fiscalYear }) => fiscalYear !== setUp.fiscalYear)
    .sort((a, b) => b.fiscalYear - a.fiscalYear);
  const own = (latest ?? setUp).departments.filter(({ retired }) => !retired);
  return own.length > 0 ? own : setUp.departments.filter(({ retired }) => !retired);
}

const isOfYear =
  ({ fiscalYear }: Pick<Assessment, 'fiscalYear'>) =>
  (known: Assessment) =>
    known.fiscalYear === fiscalYear;

/** What an office has of the year; its newest where there are several. */
export const ofYear = (setUp: Assessment, { assessments }: Office): Assessment | undefined =>
  assessments.find(isOfYear(setUp));

/** What an office begins with that has nothing of the year. What is over or archived is handed down as a draft. */
export function beginningOf(
  setUp: Assessment,
  office: Office,
  { id, tools }: { id: string; tools: Tools },
): Assessment {
  const { state } = setUp.life;
  return {
    ...setUp,
    id,
    organization: office.organization.name,
    departments: departmentsFor(setUp, office, tools),
    life: state === 'draft' || state === 'open' ? setUp.life : DRAFT_LIFE,
    deletedOn: null,
  };
}

/** An office's draft made to agree: it loses nothing that is its own, neither departments nor targets that nobody planned. */
export function agreeing(
  draft: Assessment,
  setUp: Assessment,
  office: Office,
  tools: Tools,
): Assessment {
  // Its own names stand first, so that its departments keep their numbers.
  const others = office.assessments.filter(({ id }) => id !== draft.id);
  const own = { ...office, assessments: [{ ...draft, fiscalYear: Infinity }, ...others] };
  const wanted = beginningOf(setUp, own, { id: draft.id, tools });
  const hasOfTree = office.below.some(({ kind }) => kind === 'department');
  const added = hasOfTree ? wanted.departments : [];
  const kept = draft.departments.map((department) => {
    const other = added.find(({ number }) => number === department.number);
    if (!other) return department;
    const targets = Object.entries(other.targets).filter(([, target]) => target !== null);
    return {
      ...department,
      ...other,
      retired: department.retired,
      targets: { ...department.targets, ...Object.fromEntries(targets) },
    };
  });
  const numbers = new Set(kept.map(({ number }) => number));
  return {
    ...draft,
    instruments: [...new Set([...draft.instruments, ...wanted.instruments])],
    departments: [...kept, ...added.filter(({ number }) => !numbers.has(number))].sort(
      (a, b) => a.number - b.number,
    ),
    suppressionThreshold: wanted.suppressionThreshold,
    ...(wanted.complaints && { complaints: wanted.complaints }),
    life: wanted.life,
  };
}

/** In one order of names, so that two of the same content are the same text. */
const textOf = (assessment: Assessment) =>
  JSON.stringify(assessment, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .filter(([, part]) => part !== null),
        )
      : value,
  );

/** How an office stands to a set-up. `today`: ISO, in Thailand. */
export function standingOf(
  setUp: Assessment,
  office: Office,
  { tools, today }: { tools: Tools; today: string },
): HandDownStanding {
  const existing = ofYear(setUp, office);
  if (!existing) return 'none';
  const agreed = agreeing(existing, setUp, office, tools);
  // An open one is as it was handed down where only the day came on which it opens.
  if (textOf(agreed) === textOf(existing)) return 'same';
  return stateOn(existing.life, today) === 'draft' ? 'differs' : 'begun';
}

/** The offices below an organization, wherever; departments are parts of one. */
export function officesBelow(tree: readonly Organization[], top: string): Organization[] {
  return tree
    .filter(({ parent, kind }) => parent === top && kind !== 'department')
    .flatMap((one) => [one, ...officesBelow(tree, one.id)]);
}
