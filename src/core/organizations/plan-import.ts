import type { Organization } from '../contract/organization.ts';
import type { ImportRow } from '../contract/organization-import.ts';
import { plainName } from './plain-name.ts';

/** What an import does to the tree. What is added comes after what it stands below. */
export interface ImportPlan {
  added: Organization[];
  changed: { before: Organization; after: Organization }[];
  /** How many are named that are as the rows say. */
  unchanged: number;
  /** What the tree has in a place where the rows name something else so: nothing is imported then. */
  clashes: Organization[];
}

type Wanted = Pick<Organization, 'kind' | 'name' | 'plan'>;

/** A department is part of an office and none itself: it has plans, and nothing stands below it. */
const isDepartment = ({ kind }: Pick<Organization, 'kind'>) => kind === 'department';

const keyOf = (parent: string, th: string) => `${parent} ${plainName(th)}`;

/** What is left open stays as it is: names in other languages, targets, numbers of people. */
function withWanted(known: Organization, { name, plan }: Wanted): Organization {
  const planned = { ...known.plan, ...plan };
  return {
    ...known,
    name: { ...known.name, ...(name.en && { en: name.en }) },
    ...(Object.keys(planned).length > 0 && { plan: planned }),
  };
}

const isSame = (a: Organization, b: Organization) =>
  a.name.en === b.name.en && samePlan(a.plan) === samePlan(b.plan);

const samePlan = (plan: Organization['plan'] = {}) =>
  JSON.stringify([plan.IIT ?? null, plan.EIT ?? null, plan.headCount ?? null]);

/**
 * What becomes of the tree by an import below `parent`: an organization is known by its Thai name and what it stands below, so
 * that the same rows once more change nothing. Nothing is ever removed.
 */
export function planImport(
  tree: readonly Organization[],
  parent: string,
  rows: readonly ImportRow[],
  newId: () => string,
): ImportPlan {
  const known = new Map<string, Organization>();
  for (const one of tree) if (one.parent !== null) known.set(keyOf(one.parent, one.name.th), one);
  const stored = new Map(tree.map((one) => [one.id, one]));
  const named = new Map<string, Organization>();
  const clashes = new Set<Organization>();

  function want(below: string, wanted: Wanted): string {
    const key = keyOf(below, wanted.name.th);
    const before = known.get(key) ?? {
      id: newId(),
      parent: below,
      kind: wanted.kind,
      name: wanted.name,
    };
    if (isDepartment(before) !== isDepartment(wanted)) clashes.add(before);
    const after = withWanted(before, wanted);
    known.set(key, after);
    named.set(after.id, after);
    return after.id;
  }
  for (const { district, department } of rows) {
    const id = want(parent, { kind: 'district', name: district });
    if (department) want(id, { kind: 'department', ...department });
  }

  const plan: ImportPlan = { added: [], changed: [], unchanged: 0, clashes: [...clashes] };
  for (const after of named.values()) {
    const before = stored.get(after.id);
    if (!before) plan.added.push(after);
    else if (isSame(before, after)) plan.unchanged += 1;
    else plan.changed.push({ before, after });
  }
  return plan;
}
