import { useSignal } from '@preact/signals';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { isTree, standsAbove } from '../organizations/tree.ts';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Link } from '../parts/link.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { officeProblems, type DraftForm } from './draft-form.ts';
import { fieldProblemText, summaryLines } from './form-problems.ts';
import { OfficeFields } from './office-fields.tsx';
import { yearThere } from './year-there.ts';

/** The first screen of a new assessment: whose, which year, with which instruments. */
export function NewOfficeForm({ form }: { form: DraftForm }) {
  const admin = useAdmin();
  const { t, texts } = useWords();
  const organizations = useOrganizations();
  const attempt = useSignal(0);
  const assessments =
    admin.office.value.state === 'ready' ? admin.office.value.value.assessments : [];
  const wrong = [...officeProblems(form), ...yearThere(form, organizations, assessments)];
  const problems = attempt.value > 0 ? wrong : [];
  const problemOf = (field: string) => {
    const problem = problems.find((known) => known.field === field);
    return problem && fieldProblemText(t, problem);
  };
  const isAbove = standsAbove(organizations, assessments);

  function next(event: Event) {
    event.preventDefault();
    attempt.value += 1;
    if (wrong.length === 0) admin.router.go({ page: 'new-departments' });
  }

  return (
    <form class="form card" noValidate onSubmit={next}>
      <ErrorSummary lines={summaryLines(t, form, problems, null)} attempt={attempt.value} />
      <OfficeFields
        form={form}
        among={isTree(organizations) || organizations.branch !== 'all' ? organizations : null}
        problemOf={problemOf}
        onChange={(changed) => {
          admin.newDraft.value = changed;
        }}
      />
      <div class="note">
        <h2>{t('newAssessment.instruments')}</h2>
        <ul>
          {form.instruments.map((id) => (
            <li key={id}>{texts.instrument(id)?.title ?? id}</li>
          ))}
        </ul>
      </div>
      <div class="form-acts">
        <SubmitButton busy={false}>{t('newAssessment.next')}</SubmitButton>
        {isAbove || assessments.length > 0 ? (
          <Link to={{ page: isAbove ? 'roll-up' : 'settings' }} class="button button-quiet">
            {t('newAssessment.cancel')}
          </Link>
        ) : null}
      </div>
    </form>
  );
}
