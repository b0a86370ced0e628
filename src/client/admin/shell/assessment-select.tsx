import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useAdmin, useWords } from '../admin.ts';
import { inOfficeOrder } from '../organizations/office-order.ts';

/** Chooses among several assessments, by the year alone where all are of one office; nothing to see while there is only one. */
export function AssessmentSelect({ shown }: { shown: Assessment }) {
  const { office, chosen, router } = useAdmin();
  const { t, language, formats } = useWords();
  if (office.value.state !== 'ready') return null;
  const { organizations } = office.value.value;
  const assessments = inOfficeOrder(office.value.value.assessments, organizations, language);
  if (assessments.length < 2) return null;
  const isOfOne = assessments.every(
    ({ organization }) => organization.th === shown.organization.th,
  );
  const titleOf = ({ organization, fiscalYear }: Assessment) => {
    const year = formats.year(fiscalYear);
    // A long name is cut off at its end, and stands above in full.
    return isOfOne ? year : `${year} · ${nameIn(language, organization)}`;
  };
  return (
    <>
      <label for="assessment" class="visually-hidden">
        {t('app.assessment')}
      </label>
      <select
        id="assessment"
        class="input"
        onChange={(event) => {
          if (router.mayLeave()) chosen.value = event.currentTarget.value;
          else event.currentTarget.value = shown.id;
        }}
      >
        {assessments.map((assessment) => (
          <option key={assessment.id} value={assessment.id} selected={assessment.id === shown.id}>
            {titleOf(assessment)}
          </option>
        ))}
      </select>
    </>
  );
}
