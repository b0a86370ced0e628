import type { Beginning } from '#core/contract/life.ts';
import { useAdmin, useWords } from '../admin.ts';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Held } from '../parts/held.tsx';
import { Link } from '../parts/link.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useForm } from '../parts/use-form.ts';
import { BeginField } from './begin-field.tsx';
import { DepartmentsFields } from './departments-fields.tsx';
import { readForm, type DraftForm } from './draft-form.ts';
import { fieldProblemText, summaryLines } from './form-problems.ts';

const NOTHING_STORED: ReadonlySet<number> = new Set();

/** The second screen of a new assessment: its departments and how many responses are wanted of each. */
export function NewDepartmentsForm({
  form,
  id,
  begin,
  onBegin,
}: {
  form: DraftForm;
  /** Under which it is made. */
  id: string;
  begin: Beginning;
  onBegin: (begin: Beginning) => void;
}) {
  const admin = useAdmin();
  const { t } = useWords();
  const { attempt, isBusy, refused, send } = useForm();
  const read = readForm(form, NOTHING_STORED);
  const problems = attempt > 0 && read.state === 'invalid' ? read.problems : [];
  const problemOf = (field: string) => {
    const problem = problems.find((known) => known.field === field);
    return problem && fieldProblemText(t, problem);
  };

  const create = (event: Event) =>
    send(event, read.state === 'valid', async () => {
      if (read.state === 'invalid') return;
      const assessment = await admin.api.createAssessment({
        ...read.draft,
        id,
        begin,
        organizationId: form.organizationId,
      });
      void admin.loadOrganizations();
      admin.keepAssessment(assessment);
      admin.feedback.value = t(`newAssessment.created.${begin}`);
      // Who went back meanwhile and typed on is left there.
      if (admin.newDraft.value !== form) return;
      admin.newDraft.value = null;
      admin.router.replace({ page: 'channels' });
    });

  return (
    <form class="form" noValidate onSubmit={(event) => void create(event)}>
      <ErrorSummary lines={summaryLines(t, form, problems, refused)} attempt={attempt} />
      <Held isHeld={isBusy}>
        <DepartmentsFields
          form={form}
          problemOf={problemOf}
          stored={NOTHING_STORED}
          onChange={(changed) => {
            admin.newDraft.value = changed;
          }}
        />
        <BeginField begin={begin} onChange={onBegin} />
      </Held>
      <div class="form-acts">
        <SubmitButton busy={isBusy}>{t('newAssessment.create')}</SubmitButton>
        <div class="held" inert={isBusy}>
          <Link to={{ page: 'new-office' }} class="button button-quiet">
            {t('newAssessment.back')}
          </Link>
        </div>
      </div>
    </form>
  );
}
