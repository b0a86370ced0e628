import type { Assessment } from '#core/contract/assessment.ts';
import type { OrganizationList } from '#core/contract/organization.ts';
import { type DraftForm, FISCAL_YEAR_FIELD, readNumber } from './draft-form.ts';
import type { FieldProblem } from './field-problem.ts';

/**
 * That the office has an assessment of the year already, before its departments are typed. Of offices of the same name only the server
 * knows which is meant, and refuses as well.
 */
export function yearThere(
  { organization, fiscalYear }: DraftForm,
  { organizations }: Pick<OrganizationList, 'organizations'>,
  assessments: readonly Pick<Assessment, 'organization' | 'fiscalYear'>[],
): FieldProblem[] {
  const th = organization.th.trim();
  const isOne = organizations.filter(({ name }) => name.th === th).length === 1;
  const isThere = assessments.some(
    (known) => known.organization.th === th && known.fiscalYear === readNumber(fiscalYear),
  );
  return isOne && isThere ? [{ field: FISCAL_YEAR_FIELD, code: 'year-taken' }] : [];
}
