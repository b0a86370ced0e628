import type { Organization } from '../contract/organization.ts';

/**
 * The offices of which an assessment is expected and that have none: not departments, which are part of one, nor those with offices
 * below, which need none to follow these. By name, the ninth before the tenth.
 */
export function officesWithout(
  tree: readonly Organization[],
  having: ReadonlySet<string>,
): Organization[] {
  const offices = tree.filter(({ kind }) => kind !== 'department');
  const above = new Set(offices.map(({ parent }) => parent));
  return offices
    .filter(({ id }) => !above.has(id) && !having.has(id))
    .sort((a, b) => a.name.th.localeCompare(b.name.th, 'th', { numeric: true }));
}
