import { useSignal } from '@preact/signals';
import type { PublishedFigures } from '#core/contract/figures.ts';
import { readFigures } from '#core/scoring/read-figures.ts';
import { useWords } from '../admin.ts';
import { decodeFile, isNoText } from '../parts/decode-file.ts';
import { Icon } from '../parts/icon.tsx';

/** More lines than this are not named one by one. */
const NAMED_LINES = 10;
/** A report is a few kilobytes; a file that is much larger is something else. */
const MAX_BYTES = 200_000;

type Told =
  | { state: 'idle' }
  | { state: 'nothing' }
  | { state: 'workbook' }
  | { state: 'read'; skipped: readonly number[] };

interface FiguresImportProps {
  fiscalYear: number;
  onRead: (figures: PublishedFigures) => void;
  onTemplate: () => void;
}

/** Takes the report of a year from a JSON or CSV file into the form; nothing is saved by it. */
export function FiguresImport({ fiscalYear, onRead, onTemplate }: FiguresImportProps) {
  const { t, formats } = useWords();
  const told = useSignal<Told>({ state: 'idle' });

  async function take(file: File) {
    const text = file.size > MAX_BYTES ? '' : decodeFile(await file.arrayBuffer());
    if (isNoText(text)) {
      told.value = { state: 'workbook' };
      return;
    }
    const read = readFigures(text, fiscalYear);
    if (read.state === 'nothing-read') {
      told.value = { state: 'nothing' };
      return;
    }
    onRead(read.figures);
    told.value = { state: 'read', skipped: read.skipped };
  }

  function outcome() {
    if (told.value.state === 'idle') return null;
    if (told.value.state === 'workbook') return <p>{t('figures.importWorkbook')}</p>;
    if (told.value.state === 'nothing') return <p>{t('figures.importNothing')}</p>;
    const { skipped } = told.value;
    return (
      <>
        <p>{t('figures.importRead')}</p>
        {skipped.length === 0 ? null : (
          <p>
            {t('figures.importSkipped', {
              lines: skipped
                .slice(0, NAMED_LINES)
                .map((line) => formats.count(line))
                .join(', '),
            })}
          </p>
        )}
      </>
    );
  }

  return (
    <div class="figures-import">
      <div class="form-acts">
        <label class="button file-pick">
          <input
            type="file"
            class="visually-hidden"
            // Workbooks too: one that is chosen is told how it is saved as text.
            accept=".json,.csv,.txt,.xlsx,.xls,application/json,text/csv,text/plain"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file) void take(file);
              currentTarget.value = ''; // so that the same file can be picked again
            }}
          />
          <Icon name="file" />
          <span>{t('figures.importPick')}</span>
        </label>
        <button type="button" class="button button-quiet" onClick={onTemplate}>
          <Icon name="save" />
          {t('figures.template')}
        </button>
      </div>
      <p class="hint">{t('figures.importHint', { example: 'I1,98.51' })}</p>
      <output>{outcome()}</output>
    </div>
  );
}
