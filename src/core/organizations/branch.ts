import type { Branch } from '../contract/organization.ts';

/** An organization's place in the tree. */
export interface Placed {
  id: string;
  /** Null = there is none above it. */
  parent: string | null;
}

function withAllBelow(tree: readonly Placed[], top: string): ReadonlySet<string> {
  const below = new Map<string | null, string[]>();
  for (const { id, parent } of tree) {
    const children = below.get(parent);
    if (children) children.push(id);
    else below.set(parent, [id]);
  }
  // A set keeps an id once, so that a ring in what is stored ends here.
  const found = new Set([top]);
  for (const id of found) for (const child of below.get(id) ?? []) found.add(child);
  return found;
}

/** The ids of the organizations that a branch reaches; null = all there are, also those to come. */
export const reachOf = (tree: readonly Placed[], branch: Branch): ReadonlySet<string> | null =>
  branch === 'all' ? null : withAllBelow(tree, branch);

/** Whether a branch reaches whatever another one does: who has the first may give the second. */
export function covers(tree: readonly Placed[], branch: Branch, other: Branch): boolean {
  if (branch === 'all') return true;
  return other !== 'all' && withAllBelow(tree, branch).has(other);
}

/** Whether an organization may stand below `parent`: one that there is, and neither itself nor anything below it. */
export const mayStandBelow = (
  tree: readonly Placed[],
  id: string,
  parent: string | null,
): boolean =>
  parent === null ||
  (tree.some((known) => known.id === parent) && !withAllBelow(tree, id).has(parent));
