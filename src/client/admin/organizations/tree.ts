import type { Assessment } from '#core/contract/assessment.ts';
import type { Branch, Organization, OrganizationList } from '#core/contract/organization.ts';
import type { Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';

/** An organization and how many stand above it that one sees. */
export interface Placed {
  organization: Organization;
  depth: number;
}

/** Each one after the one above it, those of the same parent in the order they came in; of what is folded without its departments. */
export function inTreeOrder(
  organizations: readonly Organization[],
  isFolded: (id: string) => boolean = () => false,
): Placed[] {
  const known = new Set(organizations.map(({ id }) => id));
  const parentOf = ({ parent }: Organization) =>
    parent !== null && known.has(parent) ? parent : null;
  const from = (above: string | null, depth: number): Placed[] =>
    organizations
      .filter((organization) => parentOf(organization) === above)
      .filter(({ kind }) => kind !== 'department' || above === null || !isFolded(above))
      .flatMap((organization) => [{ organization, depth }, ...from(organization.id, depth + 1)]);
  return from(null, 0);
}

/** How many departments stand right below one. */
export const departmentsBelow = (organizations: readonly Organization[], id: string): number =>
  organizations.filter(({ kind, parent }) => kind === 'department' && parent === id).length;

/** Whether there is a tree to speak of: one office sees nothing of it. */
export const isTree = ({ organizations }: OrganizationList): boolean => organizations.length > 1;

/** Whether there are offices to be seen beside each other: a district's departments are none. */
export const hasSeveralOffices = ({ organizations }: OrganizationList): boolean =>
  organizations.filter(({ kind }) => kind !== 'department').length > 1;

/** Whether somebody looks at several offices, of which none at the top of what they see has an assessment: a city that only follows its districts. */
export function standsAbove(
  list: OrganizationList,
  assessments: readonly Pick<Assessment, 'organization'>[],
): boolean {
  const { organizations } = list;
  const known = new Set(organizations.map(({ id }) => id));
  const top = organizations.filter(({ parent }) => parent === null || !known.has(parent));
  const isOfTop = ({ organization }: Pick<Assessment, 'organization'>) =>
    top.some(({ name }) => name.th === organization.th);
  return hasSeveralOffices(list) && !assessments.some(isOfTop);
}

/** Whether an office of that Thai name has others below it, and not departments alone. */
export const hasOfficesBelow = ({ organizations }: OrganizationList, th: string): boolean =>
  organizations.some(
    ({ id, name }) =>
      name.th === th &&
      organizations.some(({ parent, kind }) => parent === id && kind !== 'department'),
  );

/** The name of what somebody sees; null where that is everything, or none that one sees oneself. */
export function branchName(
  { organizations }: OrganizationList,
  language: Language,
  branch: Branch,
): string | null {
  const found = organizations.find(({ id }) => id === branch);
  return found ? nameIn(language, found.name) : null;
}
