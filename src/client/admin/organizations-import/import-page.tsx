import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ImportOutcome } from '#core/contract/organization-import.ts';
import { importTableOf } from '#core/organizations/import-table.ts';
import { planImport } from '#core/organizations/plan-import.ts';
import type { OrganizationList } from '#core/contract/organization.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { OrganizationSelect } from '../organizations/organization-select.tsx';
import { ActProblem } from '../parts/act-problem.tsx';
import { decodeFile } from '../parts/decode-file.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Empty } from '../parts/states.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { FaultTable, LeftOut, PlanNote } from './import-preview.tsx';
import { unreadableText } from './fault-text.ts';
import { type ReadText, readTableText, tableText } from './table-text.ts';

/** Much more than 2,000 lines with names in two languages. */
const MAX_FILE_BYTES = 1_000_000;

/** What is on show: a file that was read, or what it changed, which can be taken back while the page is open. */
type Step =
  | { at: 'choose' }
  | { at: 'too-large' }
  | { at: 'read'; table: ReadText }
  | { at: 'done'; below: string; outcome: ImportOutcome };

/** Takes districts with their departments and targets from a file of a spreadsheet, or from what is pasted. */
export function OrganizationsImportPage({ list }: { list: OrganizationList }) {
  const admin = useAdmin();
  const { t, language, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const step = useSignal<Step>({ at: 'choose' });
  const typed = useSignal('');
  useUnsaved(typed.value.trim() !== '');
  const places = list.organizations.filter(({ kind }) => kind !== 'department');
  const first = places.find(({ kind }) => kind === 'city') ?? places[0];
  const below = useSignal(first?.id ?? '');
  const heading = useRef<HTMLHeadingElement>(null);

  // What came of it is below what was pressed, on a phone out of sight.
  useEffect(() => heading.current?.focus(), [step.value]);

  function read(text: string) {
    step.value = { at: 'read', table: readTableText(text) };
  }
  async function take(file: File) {
    if (file.size > MAX_FILE_BYTES) step.value = { at: 'too-large' };
    else read(decodeFile(await file.arrayBuffer()));
  }
  function save() {
    const lines = importTableOf(list.organizations, below.value, language === 'th' ? 'th' : 'en');
    saveFile('districts.csv', new Blob([tableText(lines)], { type: 'text/csv' }));
  }
  const run = (rows: Extract<ReadText, { state: 'read' }>['rows']) =>
    act(async () => {
      const outcome = await admin.api.importOrganizations(below.value, rows);
      step.value = { at: 'done', below: below.value, outcome };
      typed.value = '';
      await admin.loadOrganizations();
    });
  const takeBack = ({ below: place, outcome }: Extract<Step, { at: 'done' }>) =>
    act(async () => {
      await admin.api.undoImport(place, outcome.undo);
      step.value = { at: 'choose' };
      admin.feedback.value = t('orgImport.takenBack');
      await admin.loadOrganizations();
    });

  function preview(table: ReadText) {
    if (table.state === 'wrong')
      return (
        <p class="field-problem" role="alert">
          {unreadableText(t, formats, table)}
        </p>
      );
    const { rows, faults } = table;
    const told = <LeftOut table={table} />;
    if (faults.length > 0)
      return (
        <>
          {told}
          <FaultTable faults={faults} />
        </>
      );
    let made = 0;
    const plan = planImport(list.organizations, below.value, rows, () => `new ${(made += 1)}`);
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
        {told}
        <PlanNote plan={plan} />
        {isNothing ? (
          <p>{t('orgImport.nothing')}</p>
        ) : (
          <div class="form-acts">
            <Button kind="primary" isBusy={isBusy} onPress={() => void run(rows)}>
              {t('orgImport.act')}
            </Button>
          </div>
        )}
      </>
    );
  }

  function result() {
    const now = step.value;
    if (now.at === 'choose') return null;
    if (now.at === 'too-large')
      return (
        <p class="field-problem" role="alert">
          {t('orgImport.tooLarge')}
        </p>
      );
    if (now.at === 'read') return preview(now.table);
    const { added, changed } = now.outcome.undo;
    return (
      <>
        <p class="import-sums">
          {t('orgImport.done', {
            added: formats.count(added.length),
            changed: formats.count(changed.length),
            unchanged: formats.count(now.outcome.unchanged),
          })}
        </p>
        <div class="form-acts">
          <Link to={{ page: 'organizations' }} class="button button-secondary">
            {t('orgImport.toList')}
          </Link>
          {added.length + changed.length > 0 ? (
            <Button kind="secondary" isBusy={isBusy} onPress={() => void takeBack(now)}>
              {t('orgImport.takeBack')}
            </Button>
          ) : null}
        </div>
        <p class="hint">{t('orgImport.takeBackHint')}</p>
      </>
    );
  }

  if (!first)
    return (
      <Page title={t('orgImport.title')} lead={t('orgImport.lead')}>
        <Empty icon="organizations" title={t('organizations.none')}>
          <p>{t('organizations.noneText')}</p>
          <Link to={{ page: 'organizations' }} class="button button-secondary">
            {t('orgImport.toList')}
          </Link>
        </Empty>
      </Page>
    );
  return (
    <Page title={t('orgImport.title')} lead={t('orgImport.lead')}>
      <section class="card aside-section" aria-labelledby="import-file">
        <h2 id="import-file">{t('orgImport.fileTitle')}</h2>
        <OrganizationSelect
          id="import-below"
          label={t('orgImport.below')}
          organizations={places}
          value={below.value}
          onChange={(id) => {
            below.value = id;
          }}
        />
        <ul class="import-rules">
          <li>{t('orgImport.ruleLines')}</li>
          <li>{t('orgImport.ruleTargets')}</li>
          <li>{t('orgImport.ruleEmpty')}</li>
        </ul>
        <div class="form-acts">
          <label
            class="button button-primary file-pick"
            aria-disabled={isBusy ? 'true' : undefined}
          >
            <input
              type="file"
              class="visually-hidden"
              // Workbooks too: one that the picker hides is looked for in vain, one that is chosen is told how it is saved as text.
              accept=".csv,.txt,.tsv,.xlsx,.xls,text/csv,text/plain,text/tab-separated-values"
              disabled={isBusy}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? [];
                if (file) void take(file);
                currentTarget.value = ''; // so that the same file can be picked again
              }}
            />
            <Icon name="file" />
            <span>{t('orgImport.pick')}</span>
          </label>
          <Button kind="secondary" onPress={save}>
            <Icon name="save" />
            {t('orgImport.template')}
          </Button>
        </div>
        <TextArea
          id="import-text"
          label={t('orgImport.paste')}
          hint={t('orgImport.pasteHint')}
          rows={4}
          value={typed.value}
          onInput={(text) => {
            typed.value = text;
          }}
        />
        <div class="form-acts">
          <Button
            kind="secondary"
            onPress={() => {
              read(typed.value);
            }}
          >
            {t('orgImport.check')}
          </Button>
        </div>
      </section>
      {step.value.at === 'choose' ? null : (
        <section class="card aside-section" aria-labelledby="import-result">
          <h2 id="import-result" tabIndex={-1} ref={heading}>
            {t(step.value.at === 'done' ? 'orgImport.doneTitle' : 'orgImport.previewTitle')}
          </h2>
          {result()}
          <ActProblem error={error} />
        </section>
      )}
    </Page>
  );
}
