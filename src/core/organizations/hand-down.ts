// What an office gets of a set-up that is handed down to it.
import type { Assessment, AssessmentDraft } from '../contract/assessment.ts';
import type { HandDownStanding } from '../contract/hand-down.ts';
import { DRAFT_LIFE } from '../contract/life.ts';
import type { Organization } from '../contract/organization.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { stateOn } from '../life/state-on.ts';
import { plainName } from './plain-name.ts';

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

const isNamed = (th: string) => (department: Department) =>
  plainName(department.name.th) === plainName(th);

/**
 * A number for each of the names: a department keeps the one it had in another year, so that years can be compared, and a new one gets one
 * that nobody has or keeps. Those of the past are given out again only where all others are; beyond 200 there is none left. `kept`: departments
 * that the office has besides, or under the same name.
 */
function numbersFor(
  names: readonly string[],
  assessments: readonly Assessment[],
  kept: readonly Department[],
): number[] {
  const before = [...assessments]
    .sort((a, b) => b.fiscalYear - a.fiscalYear)
    .flatMap(({ departments }) => departments);
  const keptBy = new Map(kept.map((one) => [one.number, one]));
  const given = new Set<number>();
  function isFree(number: number, th?: string): boolean {
    const keeper = keptBy.get(number);
    const isOwn = keeper === undefined || (th !== undefined && isNamed(th)(keeper));
    return !given.has(number) && isOwn;
  }
  // Those that are known come first: what is new takes the number of none of them.
  const known = names.map((th) => {
    const number = before.find((one) => isNamed(th)(one) && isFree(one.number, th))?.number;
    if (number !== undefined) given.add(number);
    return number ?? null;
  });
  const used = new Set([...before, ...kept].map(({ number }) => number));
  const all = Array.from({ length: MOST_NUMBER }, (_, index) => index + 1);
  const highest = Math.max(0, ...used);
  const inTurn = [
    ...all.filter((number) => number > highest),
    ...all.filter((number) => number < highest && !used.has(number)),
    ...all,
    ...names.map((_, index) => MOST_NUMBER + 1 + index),
  ];
  return known.map((number) => {
    const own = number ?? inTurn.find((one) => isFree(one)) ?? 0;
    given.add(own);
    return own;
  });
}

/** The departments that the tree has below the office, with what is planned for them; what is not takes the set-up's. */
function departmentsOfTree(
  setUp: Assessment,
  { below, assessments }: Office,
  tools: Tools,
  kept: readonly Department[],
) {
  const departments = below.filter(({ kind }) => kind === 'department');
  const names = departments.map(({ name }) => name.th);
  const numbers = numbersFor(names, assessments, kept);
  return departments.map(({ name, plan = {} }, index): Department => {
    const pattern = setUp.departments.find(isNamed(name.th));
    const headCount = plan.headCount ?? pattern?.headCount;
    const targets = setUp.instruments.map((id) => {
      const tool = tools.get(id);
      const planned = tool === 'IIT' || tool === 'EIT' ? plan[tool] : undefined;
      return [id, planned ?? pattern?.targets[id] ?? null] as const;
    });
    return {
      number: numbers[index] ?? 0,
      name,
      targets: Object.fromEntries(targets),
      ...(headCount !== undefined && { headCount }),
      retired: false,
    };
  });
}

/** Those of the tree; where it has none the office's own of its latest other year, else those of the set-up. */
function departmentsFor(
  setUp: Assessment,
  office: Office,
  tools: Tools,
  kept: readonly Department[],
): Department[] {
  const ofTree = departmentsOfTree(setUp, office, tools, kept);
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

/**
 * What an office begins with that has nothing of the year. What is over or archived is handed down as a draft. `kept`: the departments of a
 * draft that it has, whose numbers nobody else gets.
 */
export function beginningOf(
  setUp: Assessment,
  office: Office,
  { id, tools, kept = [] }: { id: string; tools: Tools; kept?: readonly Department[] },
): Assessment {
  const { state } = setUp.life;
  return {
    ...setUp,
    id,
    organization: office.organization.name,
    departments: departmentsFor(setUp, office, tools, kept),
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
  const kept = draft.departments;
  const wanted = beginningOf(setUp, own, { id: draft.id, tools, kept });
  const hasOfTree = office.below.some(({ kind }) => kind === 'department');
  const added = hasOfTree ? wanted.departments : [];
  const agreed = kept.map((department) => {
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
    departments: [...agreed, ...added.filter(({ number }) => !numbers.has(number))].sort(
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
