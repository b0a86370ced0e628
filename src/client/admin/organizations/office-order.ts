import type { Assessment } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Organization, OrganizationList } from '#core/contract/organization.ts';

/** How many that one sees stand above the office of an assessment, by its Thai name. */
export function depthsIn({
  organizations,
}: Pick<OrganizationList, 'organizations'>): (
  assessment: Pick<Assessment, 'organization'>,
) => number {
  const byId = new Map(organizations.map((organization) => [organization.id, organization]));
  const depthOf = ({ parent }: Organization): number => {
    const above = parent === null ? undefined : byId.get(parent);
    return above ? 1 + depthOf(above) : 0;
  };
  const depthByName = new Map(organizations.map((office) => [office.name.th, depthOf(office)]));
  return ({ organization }) => depthByName.get(organization.th) ?? 0;
}

/** As one looks for them: the office at the top first, those beside each other by name, and of each its newest year first. */
export function inOfficeOrder(
  assessments: readonly Assessment[],
  list: Pick<OrganizationList, 'organizations'>,
  language: Language,
): Assessment[] {
  const depth = depthsIn(list);
  const name = ({ organization }: Assessment) => nameIn(language, organization);
  return [...assessments].sort(
    (a, b) =>
      depth(a) - depth(b) ||
      // The ninth district comes before the tenth.
      name(a).localeCompare(name(b), language, { numeric: true }) ||
      b.fiscalYear - a.fiscalYear,
  );
}

/** Those that an assessment can be compared with: other years of its own office first, then the others as one looks for them. */
export function inOrderToCompare(
  { id, organization }: Assessment,
  assessments: readonly Assessment[],
  list: Pick<OrganizationList, 'organizations'>,
  language: Language,
): Assessment[] {
  const others = inOfficeOrder(assessments, list, language).filter((other) => other.id !== id);
  const isOwn = (other: Assessment) => other.organization.th === organization.th;
  return [...others.filter(isOwn), ...others.filter((other) => !isOwn(other))];
}
