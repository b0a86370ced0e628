import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { CardReply } from '#core/contract/card.ts';
import { useAdmin, useWords } from '../admin.ts';
import { LifeNote } from '../life/life-note.tsx';
import { ArchivedFields } from '../parts/archived-fields.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Link } from '../parts/link.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { saveFile } from '../parts/save-file.ts';
import { TextField } from '../parts/text-field.tsx';
import { TakeLatest } from '../parts/take-latest.tsx';
import { typedOnto } from '../parts/typed-onto.ts';
import { useForm } from '../parts/use-form.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { problemText } from '../problem-text.ts';
import {
  type FigureProblem,
  figuresForm,
  figuresTable,
  PART_2_FIELD,
  readFiguresForm,
  withReport,
} from './figures-form.ts';
import { ClearReport } from './clear-report.tsx';
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
  const { attempt, isBusy, refused, send, reset } = useForm();
  const discards = useSignal(0);

  const isArchived = assessment.life.state === 'archived';
  const before = figuresForm(stored.value, assessment.fiscalYear);
  const isChanged = JSON.stringify(form.value) !== JSON.stringify(before);
  const read = readFiguresForm(form.value);
  const problems = attempt > 0 && read.state === 'invalid' ? read.problems : [];
  const textOf = ({ code }: FigureProblem) =>
    code === 'year-invalid' ? t('fieldProblems.year-invalid') : t('card.figureInvalid');
  const problemOf = (field: string) => {
    const problem = problems.find((known) => known.field === field);
    return problem && textOf(problem);
  };
  const lines = [
    ...problems.map((problem) => ({ text: textOf(problem), field: problem.field })),
    ...(refused ? [{ text: problemText(t, refused), field: null }] : []),
  ];

  const save = (event: Event) =>
    send(event, read.state === 'valid', async () => {
      if (read.state === 'invalid') return;
      const sent = form.value;
      const kept = await admin.api.changeFigures(assessment.id, stored.value, read.entered);
      stored.value = kept;
      // What was typed while it was on its way is not stored yet.
      if (form.value === sent) form.value = figuresForm(kept, assessment.fiscalYear);
      admin.feedback.value = t('figures.saved');
    });

  async function takeLatest() {
    const { entered } = await admin.api.card(assessment.id);
    form.value = typedOnto(before, form.value, figuresForm(entered, assessment.fiscalYear));
    stored.value = entered;
    reset();
  }

  function discard() {
    form.value = before;
    reset();
    // Nothing is left that would lie on top of what somebody else stored.
    discards.value += 1;
  }

  return (
    <form class="form" noValidate onSubmit={(event) => void save(event)}>
      <ErrorSummary lines={lines} attempt={attempt} />
      <TakeLatest key={discards.value} refused={refused} isSaving={isBusy} take={takeLatest} />
      <ArchivedFields isArchived={isArchived}>
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
          <ClearReport
            form={form.value}
            onChange={(scores) => {
              form.value = { ...form.value, scores };
            }}
          />
        </section>
      </ArchivedFields>
      <SaveBar isChanged={isChanged} isBusy={isBusy} isArchived={isArchived} onDiscard={discard} />
    </form>
  );
}

/** What no response says and an admin types in: the assessor's figure, and the report of the year before. */
export function FiguresPage({ assessment }: { assessment: Assessment }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const load = useLoaded(() => api.card(assessment.id), assessment.id);

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
      {assessment.life.state === 'archived' ? <LifeNote assessment={assessment} /> : null}
      <LoadedContent load={load}>
        {(reply) => <Figures assessment={assessment} reply={reply} />}
      </LoadedContent>
    </Page>
  );
}
