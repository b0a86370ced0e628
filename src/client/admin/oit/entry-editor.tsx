import { useEffect, useRef } from 'preact/hooks';
import { type ChecklistEntry, ENTRY_STATES } from '#core/contract/oit.ts';
import { useWords } from '../admin.ts';
import { DateField } from '../parts/date-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { TextField } from '../parts/text-field.tsx';
import { AddressFields } from './address-fields.tsx';
import { entryField, readEntry, type EntryFieldName, type EntryForm } from './entry-form.ts';
import { PointsField } from './points-field.tsx';
import { RefusedNote } from './refused-note.tsx';
import type { EntriesWork, EntryWork } from './use-entries.ts';

interface EntryEditorProps {
  entry: ChecklistEntry;
  doing: Extract<EntryWork, { state: 'editing' }>;
  entries: EntriesWork;
  refresh: () => void;
}

/** The form of one item. What is wrong is told where it stands, after the first try. */
export function EntryEditor({ entry, doing, entries, refresh }: EntryEditorProps) {
  const { t } = useWords();
  const first = useRef<HTMLSelectElement>(null);
  const { item } = entry;
  const { form, refused } = doing;
  const read = readEntry(item, form);
  const problems = doing.isTried && read.state === 'invalid' ? read.problems : [];
  const change = (changes: Partial<EntryForm>) => entries.change(item, { ...form, ...changes });

  function problemOf(field: EntryFieldName): string | undefined {
    const problem = problems.find((one) => one.field === field);
    return problem && t(`oit.problems.${problem.code}`);
  }

  function save(event: Event) {
    event.preventDefault();
    if (doing.isBusy || entries.save(entry) || read.state === 'valid') return;
    const [wrong] = read.problems;
    if (wrong) document.getElementById(entryField(item, wrong.field))?.focus();
  }

  useEffect(() => first.current?.focus(), []);

  return (
    <form class="form oit-form" noValidate onSubmit={save} aria-label={t('oit.formOf', { item })}>
      <div class="oit-pair">
        <div class="field">
          <label for={entryField(item, 'state')}>{t('oit.state')}</label>
          <select
            id={entryField(item, 'state')}
            class="input"
            ref={first}
            value={form.state}
            onChange={({ currentTarget: { value } }) => {
              const state = ENTRY_STATES.find((known) => known === value);
              if (state) change({ state });
            }}
          >
            {ENTRY_STATES.map((state) => (
              <option key={state} value={state}>
                {t(`oit.states.${state}`)}
              </option>
            ))}
          </select>
        </div>
        <PointsField item={item} points={form.points} onChoose={(points) => change({ points })} />
      </div>
      <AddressFields
        item={item}
        form={form}
        problemOf={problemOf}
        onChange={(urls) => change({ urls })}
      />
      <div class="oit-pair">
        <TextField
          id={entryField(item, 'responsible')}
          label={t('oit.responsible')}
          hint={t('oit.responsibleHint')}
          value={form.responsible}
          problem={problemOf('responsible')}
          onInput={(responsible) => change({ responsible })}
        />
        <DateField
          id={entryField(item, 'due')}
          label={t('oit.due')}
          hint={t('oit.dueHint')}
          value={form.due}
          problem={problemOf('due')}
          onInput={(due) => change({ due })}
        />
      </div>
      <TextArea
        id={entryField(item, 'note')}
        label={t('oit.note')}
        rows={3}
        value={form.note}
        problem={problemOf('note')}
        onInput={(note) => change({ note })}
      />
      {refused ? <RefusedNote refused={refused} refresh={refresh} /> : null}
      <div class="form-acts">
        <SubmitButton busy={doing.isBusy}>
          {t('oit.save')}
          <span class="visually-hidden"> {item}</span>
        </SubmitButton>
        <button
          type="button"
          class="button button-quiet"
          aria-disabled={doing.isBusy ? 'true' : undefined}
          onClick={() => entries.cancel(item)}
        >
          {t('oit.cancel')}
          <span class="visually-hidden"> {item}</span>
        </button>
      </div>
    </form>
  );
}
