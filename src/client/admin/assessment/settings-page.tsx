import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { hasOfficesBelow } from '../organizations/tree.ts';
import { ArchivedFields } from '../parts/archived-fields.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { StateMark } from '../life/state-mark.tsx';
import { stateToday } from '../life/state-today.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { TakeLatest } from '../parts/take-latest.tsx';
import { useForm } from '../parts/use-form.ts';
import { ComplaintsFields } from './complaints-fields.tsx';
import { DepartmentsFields } from './departments-fields.tsx';
import { formOf, readForm, THRESHOLD_FIELD } from './draft-form.ts';
import { draftOnto } from './draft-onto.ts';
import { fieldProblemText, summaryLines } from './form-problems.ts';
import { OfficeFields } from './office-fields.tsx';
import { SealSection } from './seal-section.tsx';
import { showLatest } from './show-latest.ts';

/** Changes an assessment that exists. What is typed stays until it is saved or thrown away on purpose. */
export function SettingsPage({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t } = useWords();
  const form = useSignal(formOf(assessment));
  const { attempt, isBusy, refused, send, reset } = useForm();
  const discards = useSignal(0);

  const state = stateToday(assessment);
  const isArchived = state === 'archived';
  const stored = new Set(assessment.departments.map(({ number }) => number));
  const isChanged = JSON.stringify(form.value) !== JSON.stringify(formOf(assessment));
  const read = readForm(form.value, stored);
  const problems = attempt > 0 && read.state === 'invalid' ? read.problems : [];
  const organizations = useOrganizations();
  const problemOf = (field: string) => {
    const problem = problems.find((known) => known.field === field);
    return problem && fieldProblemText(t, problem);
  };

  const save = (event: Event) =>
    send(event, read.state === 'valid', async () => {
      if (read.state === 'invalid') return;
      const sent = form.value;
      const kept = await admin.api.changeAssessment(assessment, read.draft);
      admin.keepAssessment(kept);
      // What was typed while it was on its way is not stored yet.
      if (form.value === sent) form.value = formOf(kept);
      admin.feedback.value = t('settings.saved');
    });

  async function takeLatest() {
    const before = formOf(assessment);
    const latest = formOf(await showLatest(admin, assessment.id));
    form.value = draftOnto(before, form.value, latest);
    reset();
  }

  function discard() {
    form.value = formOf(assessment);
    reset();
    // Nothing is left that would lie on top of what somebody else stored.
    discards.value += 1;
  }

  return (
    <Page
      title={t('settings.title')}
      lead={t('settings.lead')}
      actions={
        <>
          <Link to={{ page: 'set-aside' }} class="button button-quiet">
            {t('setAside.title')}
          </Link>
          <Link to={{ page: 'new-office' }} class="button button-quiet">
            {t('settings.newAssessment')}
          </Link>
        </>
      }
    >
      <section class="card life-summary" aria-labelledby="settings-life">
        <div>
          <h2 id="settings-life">{t('life.title')}</h2>
          <p>
            <StateMark state={state} /> {t(`life.means.${state}`)}
          </p>
        </div>
        <Link to={{ page: 'life' }} class="button">
          {t('settings.life')}
        </Link>
        {hasOfficesBelow(organizations, assessment.organization.th) ? (
          <Link to={{ page: 'hand-down' }} class="button">
            {t('handDown.link')}
          </Link>
        ) : null}
      </section>
      <form class="form" noValidate onSubmit={(event) => void save(event)}>
        <ErrorSummary lines={summaryLines(t, form.value, problems, refused)} attempt={attempt} />
        <TakeLatest key={discards.value} refused={refused} isSaving={isBusy} take={takeLatest} />
        <ArchivedFields isArchived={isArchived}>
          <section class="card form" aria-labelledby="settings-office">
            <h2 id="settings-office">{t('settings.office')}</h2>
            <OfficeFields
              form={form.value}
              problemOf={problemOf}
              onChange={(changed) => {
                form.value = changed;
              }}
            />
          </section>
          <section class="card form" aria-labelledby="settings-small-groups">
            <h2 id="settings-small-groups">{t('settings.smallGroups')}</h2>
            <div class="field-narrow">
              <TextField
                id={THRESHOLD_FIELD}
                label={t('settings.threshold')}
                hint={t('settings.thresholdHint')}
                inputMode="numeric"
                maxLength={5}
                value={form.value.suppressionThreshold}
                problem={problemOf(THRESHOLD_FIELD)}
                onInput={(suppressionThreshold) => {
                  form.value = { ...form.value, suppressionThreshold };
                }}
              />
            </div>
          </section>
          <section class="card form" aria-labelledby="settings-complaints">
            <h2 id="settings-complaints">{t('settings.complaints')}</h2>
            <p class="hint">{t('settings.complaintsHint')}</p>
            <ComplaintsFields
              complaints={form.value.complaints}
              problemOf={problemOf}
              onChange={(complaints) => {
                form.value = { ...form.value, complaints };
              }}
            />
          </section>
        </ArchivedFields>
        <section aria-labelledby="settings-departments">
          <h2 id="settings-departments">{t('settings.departments')}</h2>
          <p class="hint">{t('settings.departmentsHint')}</p>
          <DepartmentsFields
            form={form.value}
            problemOf={problemOf}
            stored={stored}
            isArchived={isArchived}
            onChange={(changed) => {
              form.value = changed;
            }}
          />
        </section>
        <SaveBar
          isChanged={isChanged}
          isBusy={isBusy}
          isArchived={isArchived}
          onDiscard={discard}
        />
      </form>
      <SealSection assessment={assessment} />
    </Page>
  );
}
