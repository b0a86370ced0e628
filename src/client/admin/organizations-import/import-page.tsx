import { useSignal } from '@preact/signals';
import { importTableOf } from '#core/organizations/import-table.ts';
import type { OrganizationList } from '#core/contract/organization.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { OrganizationSelect } from '../organizations/organization-select.tsx';
import { decodeFile } from '../parts/decode-file.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Empty } from '../parts/states.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { type Done, ImportResult, type ReadRows, type Step } from './import-result.tsx';
import { readTableText, tableText } from './table-text.ts';

/** Much more than 2,000 lines with names in two languages. */
const MAX_FILE_BYTES = 1_000_000;

interface FilePickProps {
  isBusy: boolean;
  onPick: (file: File) => void;
}

function FilePick({ isBusy, onPick }: FilePickProps) {
  const { t } = useWords();
  return (
    <label class="button button-primary file-pick" aria-disabled={isBusy ? 'true' : undefined}>
      <input
        type="file"
        class="visually-hidden"
        // Workbooks too: one that the picker hides is looked for in vain, one that is chosen is told how it is saved as text.
        accept=".csv,.txt,.tsv,.xlsx,.xls,text/csv,text/plain,text/tab-separated-values"
        disabled={isBusy}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onPick(file);
          currentTarget.value = ''; // so that the same file can be picked again
        }}
      />
      <Icon name="file" />
      <span>{t('orgImport.pick')}</span>
    </label>
  );
}

/** Takes districts with their departments and targets from a file of a spreadsheet, or from what is pasted. */
export function OrganizationsImportPage({ list }: { list: OrganizationList }) {
  const admin = useAdmin();
  const { t, language } = useWords();
  const { isBusy, error, act } = useAct();
  const step = useSignal<Step | null>(null);
  const typed = useSignal('');
  useUnsaved(typed.value.trim() !== '');
  const places = list.organizations.filter(({ kind }) => kind !== 'department');
  const first = places.find(({ kind }) => kind === 'city') ?? places[0];
  const below = useSignal(first?.id ?? '');

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
  const run = (rows: ReadRows) =>
    act(async () => {
      const outcome = await admin.api.importOrganizations(below.value, rows);
      step.value = { at: 'done', below: below.value, outcome };
      typed.value = '';
      await admin.loadOrganizations();
    });
  const takeBack = ({ below: place, outcome }: Done) =>
    act(async () => {
      await admin.api.undoImport(place, outcome.undo);
      step.value = null;
      admin.feedback.value = t('orgImport.takenBack');
      await admin.loadOrganizations();
    });

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
          <FilePick isBusy={isBusy} onPick={(file) => void take(file)} />
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
      {step.value === null ? null : (
        <ImportResult
          step={step.value}
          organizations={list.organizations}
          below={below.value}
          act={{ isBusy, error }}
          onRun={(rows) => void run(rows)}
          onTakeBack={(done) => void takeBack(done)}
        />
      )}
    </Page>
  );
}
