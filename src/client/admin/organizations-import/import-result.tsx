import { useEffect, useRef } from 'preact/hooks';
import type { ImportOutcome } from '#core/contract/organization-import.ts';
import type { Organization } from '#core/contract/organization.ts';
import { planImport } from '#core/organizations/plan-import.ts';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { ActProblem } from '../parts/act-problem.tsx';
import type { useAct } from '../parts/use-act.ts';
import { unreadableText } from './fault-text.ts';
import { FaultTable, LeftOut, PlanNote } from './import-preview.tsx';
import type { ReadText } from './table-text.ts';

/** Lines that an import can be made of. */
export type ReadRows = Extract<ReadText, { state: 'read' }>['rows'];

/** What an import changed below an organization. It can be taken back while the page is open. */
export interface Done {
  at: 'done';
  below: string;
  outcome: ImportOutcome;
}

/** What there is to tell: of a file that was read, or of what it changed. */
export type Step = { at: 'too-large' } | { at: 'read'; table: ReadText } | Done;

interface PreviewProps {
  table: ReadText;
  organizations: readonly Organization[];
  below: string;
  isBusy: boolean;
  onRun: (rows: ReadRows) => void;
}

/** What a file would change, or why it cannot. */
function Preview({ table, organizations, below, isBusy, onRun }: PreviewProps) {
  const { t, formats } = useWords();
  if (table.state === 'wrong')
    return (
      <p class="field-problem" role="alert">
        {unreadableText(t, formats, table)}
      </p>
    );
  const { rows, faults } = table;
  if (faults.length > 0)
    return (
      <>
        <LeftOut table={table} />
        <FaultTable faults={faults} />
      </>
    );
  let made = 0;
  const plan = planImport(organizations, below, rows, () => `new ${(made += 1)}`);
  if (plan.clashes.length > 0)
    return (
      <ul class="field-problem" role="alert">
        {plan.clashes.map(({ id, kind, name }) => (
          <li key={id}>
            {t(`orgImport.clash.${kind === 'department' ? 'department' : 'office'}`, {
              name: name.th,
            })}
          </li>
        ))}
      </ul>
    );
  const isNothing = plan.added.length + plan.changed.length === 0;
  return (
    <>
      <LeftOut table={table} />
      <PlanNote plan={plan} />
      {isNothing ? (
        <p>{t('orgImport.nothing')}</p>
      ) : (
        <div class="form-acts">
          <Button kind="primary" isBusy={isBusy} onPress={() => onRun(rows)}>
            {t('orgImport.act')}
          </Button>
        </div>
      )}
    </>
  );
}

interface ChangedProps {
  outcome: ImportOutcome;
  isBusy: boolean;
  onTakeBack: () => void;
}

/** What an import changed, and the way back. */
function Changed({ outcome, isBusy, onTakeBack }: ChangedProps) {
  const { t, formats } = useWords();
  const { added, changed } = outcome.undo;
  return (
    <>
      <p class="import-sums">
        {t('orgImport.done', {
          added: formats.count(added.length),
          changed: formats.count(changed.length),
          unchanged: formats.count(outcome.unchanged),
        })}
      </p>
      <div class="form-acts">
        <Link to={{ page: 'organizations' }} class="button button-secondary">
          {t('orgImport.toList')}
        </Link>
        {added.length + changed.length > 0 ? (
          <Button kind="secondary" isBusy={isBusy} onPress={onTakeBack}>
            {t('orgImport.takeBack')}
          </Button>
        ) : null}
      </div>
      <p class="hint">{t('orgImport.takeBackHint')}</p>
    </>
  );
}

interface ImportResultProps {
  step: Step;
  /** The tree as it is, and below which of its organizations the lines are put. */
  organizations: readonly Organization[];
  below: string;
  act: Pick<ReturnType<typeof useAct>, 'isBusy' | 'error'>;
  onRun: (rows: ReadRows) => void;
  onTakeBack: (done: Done) => void;
}

/** What came of a file, below what it was chosen by. */
export function ImportResult({ step, act, onTakeBack, ...preview }: ImportResultProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);

  // It is below what was pressed, on a phone out of sight.
  useEffect(() => heading.current?.focus(), [step]);

  return (
    <section class="card aside-section" aria-labelledby="import-result">
      <h2 id="import-result" tabIndex={-1} ref={heading}>
        {t(step.at === 'done' ? 'orgImport.doneTitle' : 'orgImport.previewTitle')}
      </h2>
      {step.at === 'too-large' ? (
        <p class="field-problem" role="alert">
          {t('orgImport.tooLarge')}
        </p>
      ) : null}
      {step.at === 'read' ? <Preview table={step.table} isBusy={act.isBusy} {...preview} /> : null}
      {step.at === 'done' ? (
        <Changed outcome={step.outcome} isBusy={act.isBusy} onTakeBack={() => onTakeBack(step)} />
      ) : null}
      <ActProblem error={act.error} />
    </section>
  );
}
