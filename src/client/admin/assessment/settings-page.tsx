import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { StateMark } from '../life/state-mark.tsx';
import { stateToday } from '../life/state-today.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { DepartmentsFields } from './departments-fields.tsx';
import { formOf, readForm, THRESHOLD_FIELD } from './draft-form.ts';
import { fieldProblemText, summaryLines } from './form-problems.ts';
import { OfficeFields } from './office-fields.tsx';

/** Changes an assessment that exists. What is typed stays until it is saved or thrown away on purpose. */
export function SettingsPage({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t } = useWords();
  const form = useSignal(formOf(assessment));
  const attempt = useSignal(0);
  const isBusy = useSignal(false);
  const refused = useSignal<ApiError | null>(null);

  const state = stateToday(assessment);
  const stored = new Set(assessment.departments.map(({ number }) => number));
  const isChanged = JSON.stringify(form.value) !== JSON.stringify(formOf(assessment));
  const read = readForm(form.value, stored);
  const problems = attempt.value > 0 && read.state === 'invalid' ? read.problems : [];
  const problemOf = (field: string) => {
    const problem = problems.find((known) => known.field === field);
    return problem && fieldProblemText(t, problem);
  };

  useEffect(() => admin.router.guard(() => (isChanged ? t('settings.leaveUnsaved') : null)));

  async function save(event: Event) {
    event.preventDefault();
    if (isBusy.value) return;
    refused.value = null;
    attempt.value += 1;
    if (read.state === 'invalid') return;
    isBusy.value = true;
    try {
      const kept = await admin.api.changeAssessment(assessment, read.draft);
      admin.keepAssessment(kept);
      form.value = formOf(kept);
      admin.feedback.value = t('settings.saved');
      attempt.value = 0;
    } catch (thrown) {
      const error = asApiError(thrown);
      // The sign-in page says it; signed in again, it would be told of somebody who is.
      if (error.code === 'not-signed-in') return;
      refused.value = error;
      attempt.value += 1;
    } finally {
      isBusy.value = false;
    }
  }

  function discard() {
    form.value = formOf(assessment);
    refused.value = null;
    attempt.value = 0;
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
      </section>
      <form class="form" noValidate onSubmit={(event) => void save(event)}>
        <ErrorSummary
          lines={summaryLines(t, form.value, problems, refused.value)}
          attempt={attempt.value}
        />
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
        <section aria-labelledby="settings-departments">
          <h2 id="settings-departments">{t('settings.departments')}</h2>
          <p class="hint">{t('settings.departmentsHint')}</p>
          <DepartmentsFields
            form={form.value}
            problemOf={problemOf}
            stored={stored}
            onChange={(changed) => {
              form.value = changed;
            }}
          />
        </section>
        <div class={isChanged ? 'save-bar save-bar-changed' : 'save-bar'}>
          <output>{isChanged ? t('settings.unsaved') : t('settings.allSaved')}</output>
          <div class="form-acts">
            {isChanged ? (
              <button type="button" class="button button-quiet" onClick={discard}>
                {t('settings.discard')}
              </button>
            ) : null}
            <SubmitButton busy={isBusy.value}>{t('settings.save')}</SubmitButton>
          </div>
        </div>
      </form>
    </Page>
  );
}
