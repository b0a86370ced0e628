import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useAdmin, useWords } from '../admin.ts';
import { inOfficeOrder } from '../organizations/office-order.ts';

/** Chooses among several assessments; nothing to see while there is only one. */
export function AssessmentSelect({ shown }: { shown: Assessment }) {
  const { office, chosen, router } = useAdmin();
  const { t, language, formats } = useWords();
  if (office.value.state !== 'ready') return null;
  const { organizations } = office.value.value;
  const assessments = inOfficeOrder(office.value.value.assessments, organizations, language);
  if (assessments.length < 2) return null;
  const offices = new Set(assessments.map(({ organization }) => organization.th));
  const option = ({ id, organization, fiscalYear }: Assessment) => (
    <option key={id} value={id} selected={id === shown.id}>
      {nameIn(language, organization)} · {formats.year(fiscalYear)}
    </option>
  );
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
        {offices.size === 1
          ? assessments.map(option)
          : [...offices].map((th) => {
              const ofOffice = assessments.filter(({ organization }) => organization.th === th);
              const [first] = ofOffice;
              return (
                <optgroup key={th} label={first && nameIn(language, first.organization)}>
                  {ofOffice.map(option)}
                </optgroup>
              );
            })}
      </select>
    </>
  );
}
