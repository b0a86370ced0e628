import { useSignal } from '@preact/signals';
import { useRef, useEffect } from 'preact/hooks';
import { useAdmin, useWords } from '../admin.ts';
import { ArchivedFields } from '../parts/archived-fields.tsx';
import { Icon } from '../parts/icon.tsx';
import { NothingFound } from '../parts/nothing-found.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { DepartmentFields } from './department-fields.tsx';
import {
  departmentNameField,
  DEPARTMENTS_FIELD,
  fieldsOf,
  isNamed,
  newDepartment,
  totalTarget,
  type DepartmentForm,
  type DraftForm,
} from './draft-form.ts';

interface DepartmentsFieldsProps {
  form: DraftForm;
  problemOf: (field: string) => string | undefined;
  onChange: (form: DraftForm) => void;
  /** Numbers of the departments that the server knows. */
  stored: ReadonlySet<number>;
  /** Looked through like any, and not changed. */
  isArchived?: boolean;
}

/** Every department of the form, with the sum of their targets. */
export function DepartmentsFields({
  form,
  problemOf,
  onChange,
  stored,
  isArchived = false,
}: DepartmentsFieldsProps) {
  const { t, formats } = useWords();
  const { office } = useAdmin();
  const added = useRef<number | null>(null);
  const search = useSignal('');

  useEffect(() => {
    if (added.current === null) return;
    document.getElementById(departmentNameField(added.current, 'th'))?.focus();
    added.current = null;
  });

  const instruments = office.value.state === 'ready' ? office.value.value.instruments : [];
  const tools = form.instruments.map((instrument) => ({
    instrument,
    tool: instruments.find(({ id }) => id === instrument)?.tool ?? instrument,
  }));

  const change = (departments: DepartmentForm[]) => onChange({ ...form, departments });
  const replace = (changed: DepartmentForm) =>
    change(form.departments.map((known) => (known.number === changed.number ? changed : known)));
  function add() {
    const department = newDepartment(form);
    added.current = department.number;
    search.value = '';
    change([...form.departments, department]);
  }

  const problem = problemOf(DEPARTMENTS_FIELD);
  // What is wrong stays in sight, whatever is searched for.
  const shown = form.departments.filter(
    (department) =>
      isNamed(department, search.value) ||
      fieldsOf(department).some((field) => problemOf(field) !== undefined),
  );
  return (
    <div class="departments" id={DEPARTMENTS_FIELD} tabIndex={-1}>
      {problem ? <p class="field-problem">{problem}</p> : null}
      <SearchField
        id="departments-search"
        label={t('departments.search')}
        among={form.departments.length}
        value={search.value}
        onInput={(words) => {
          search.value = words;
        }}
      />
      {shown.length === 0 ? (
        <NothingFound
          title={t('departments.nothingFound')}
          onShowAll={() => {
            search.value = '';
          }}
        />
      ) : null}
      <ArchivedFields isArchived={isArchived} class="departments">
        {shown.map((department) => (
          <DepartmentFields
            key={department.number}
            department={department}
            tools={tools}
            problemOf={problemOf}
            onChange={replace}
            isStored={stored.has(department.number)}
          />
        ))}
        <div class="departments-foot">
          <button type="button" class="button" onClick={add}>
            <Icon name="plus" />
            {t('departments.add')}
          </button>
          <dl class="totals" aria-live="polite">
            {tools.map(({ instrument, tool }) => (
              <div key={instrument}>
                <dt>{t('departments.total', { tool })}</dt>
                <dd>{formats.count(totalTarget(form, instrument))}</dd>
              </div>
            ))}
          </dl>
        </div>
      </ArchivedFields>
    </div>
  );
}
