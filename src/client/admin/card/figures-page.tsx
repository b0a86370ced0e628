import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { CardReply } from '#core/contract/card.ts';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { problemText } from '../problem-text.ts';
import {
  type FigureProblem,
  figuresForm,
  figuresTable,
  hasReport,
  PART_2_FIELD,
  readFiguresForm,
  withReport,
} from './figures-form.ts';
import { FiguresImport } from './figures-import.tsx';
import { ReportFields } from './report-fields.tsx';

interface FiguresFormProps {
  assessment: Assessment;
  reply: CardReply;
}

/** The form, once what is stored is known. What is typed stays until it is saved or thrown away on purpose. */
function Figures({ assessment, reply }: FiguresFormProps) {
  const admin = useAdmin();
  const { t } = useWords();
  const stored = useSignal(reply.entered);
  const form = useSignal(figuresForm(reply.entered, assessment.fiscalYear));
  const attempt = useSignal(0);
  const isBusy = useSignal(false);
  const refused = useSignal<ApiError | null>(null);

  const before = figuresForm(stored.value, assessment.fiscalYear);
  const isChanged = JSON.stringify(form.value) !== JSON.stringify(before);
  const read = readFiguresForm(form.value);
  const problems = attempt.value > 0 && read.state === 'invalid' ? read.problems : [];
  const textOf = ({ code }: FigureProblem) =>
    code === 'year-invalid' ? t('fieldProblems.year-invalid') : t('card.figureInvalid');
  const problemOf = (field: string) => {
    const problem = problems.find((known) => known.field === field);
    return problem && textOf(problem);
  };
  const lines = [
    ...problems.map((problem) => ({ text: textOf(problem), field: problem.field })),
    ...(refused.value
      ? [
          {
            text:
              refused.value.code === 'changed-meanwhile'
                ? t('figures.changedMeanwhile')
                : problemText(t, refused.value),
            field: null,
          },
        ]
      : []),
  ];

  useEffect(() => admin.router.guard(() => (isChanged ? t('settings.leaveUnsaved') : null)));

  async function save(event: Event) {
    event.preventDefault();
    if (isBusy.value) return;
    refused.value = null;
    attempt.value += 1;
    if (read.state === 'invalid') return;
    isBusy.value = true;
    try {
      const kept = await admin.api.changeFigures(assessment.id, stored.value, read.entered);
      stored.value = kept;
      form.value = figuresForm(kept, assessment.fiscalYear);
      admin.feedback.value = t('figures.saved');
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

  return (
    <form class="form" noValidate onSubmit={(event) => void save(event)}>
      <ErrorSummary lines={lines} attempt={attempt.value} />
      <section class="card form" aria-labelledby="figures-assessor">
        <h2 id="figures-assessor">{t('figures.assessorTitle')}</h2>
        <div class="field-narrow">
          <TextField
            id={PART_2_FIELD}
            label={t('figures.assessorScore')}
            hint={t('figures.assessorHint')}
            inputMode="decimal"
            value={form.value.eitPart2}
            problem={problemOf(PART_2_FIELD)}
            onInput={(eitPart2) => {
              form.value = { ...form.value, eitPart2 };
            }}
          />
        </div>
      </section>
      <section class="card form" aria-labelledby="figures-report">
        <h2 id="figures-report">{t('figures.reportTitle')}</h2>
        <p class="hint">{t('figures.reportHint')}</p>
        <FiguresImport
          fiscalYear={assessment.fiscalYear - 1}
          onRead={(figures) => {
            form.value = withReport(form.value, figures);
          }}
          onTemplate={() =>
            saveFile(
              `ita-${form.value.fiscalYear}.csv`,
              new Blob([figuresTable(reply.basis, form.value)], { type: 'text/csv' }),
            )
          }
        />
        <ReportFields
          basis={reply.basis}
          form={form.value}
          problemOf={problemOf}
          onChange={(changed) => {
            form.value = changed;
          }}
        />
        {hasReport(form.value) ? (
          <div>
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                form.value = { ...form.value, scores: {} };
              }}
            >
              {t('figures.clear')}
            </button>
          </div>
        ) : null}
      </section>
      <div class={isChanged ? 'save-bar save-bar-changed' : 'save-bar'}>
        <output>{isChanged ? t('settings.unsaved') : t('settings.allSaved')}</output>
        <div class="form-acts">
          {isChanged ? (
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                form.value = before;
                refused.value = null;
                attempt.value = 0;
              }}
            >
              {t('settings.discard')}
            </button>
          ) : null}
          <SubmitButton busy={isBusy.value}>{t('settings.save')}</SubmitButton>
        </div>
      </div>
    </form>
  );
}

/** What no response says and an admin types in: the assessor's figure, and the report of the year before. */
export function FiguresPage({ assessment }: { assessment: Assessment }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => api.card(assessment.id), assessment.id);

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return <Figures assessment={assessment} reply={loaded.value.value} />;
  }

  return (
    <Page
      title={t('figures.title')}
      lead={t('figures.lead')}
      actions={
        <Link to={{ page: 'scores' }} class="button button-quiet">
          {t('figures.back')}
        </Link>
      }
    >
      {content()}
    </Page>
  );
}
