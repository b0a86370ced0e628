import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import {
  departmentNameField,
  headCountField,
  isShare,
  targetField,
  type DepartmentForm,
} from './draft-form.ts';
import { NamesFields } from './names-fields.tsx';
import { TargetField } from './target-field.tsx';

interface DepartmentFieldsProps {
  department: DepartmentForm;
  /** Instrument ids with their tools' names, one target each. */
  tools: ReadonlyArray<{ instrument: string; tool: string }>;
  problemOf: (field: string) => string | undefined;
  onChange: (department: DepartmentForm) => void;
  /** A stored department is retired; one that the server never knew is removed. Both can be taken back. */
  isStored: boolean;
}

/** One department: its names, how many responses are wanted of it, and whether it is still offered. */
export function DepartmentFields(props: DepartmentFieldsProps) {
  const { department, tools, problemOf, onChange, isStored } = props;
  const { t, formats } = useWords();
  const { number, name, targets, headCount, retired } = department;
  const away = isStored ? t('departments.retired') : t('departments.removed');
  const sendAway = isStored ? t('departments.retire') : t('departments.remove');
  const title = name.th.trim() || t('departments.unnamed');
  return (
    <fieldset class={retired ? 'department department-retired' : 'department'}>
      <legend>
        <span class="visually-hidden">{title}</span>
        <span class="department-number" aria-hidden="true">
          {formats.count(number)}
        </span>
      </legend>
      <NamesFields
        label={t('departments.name')}
        name={name}
        fieldOf={(language) => departmentNameField(number, language)}
        problemOf={problemOf}
        onChange={(changed) => onChange({ ...department, name: changed })}
      />
      <div class="department-targets">
        {tools.map(({ instrument, tool }) => (
          <TargetField
            key={instrument}
            id={targetField(number, instrument)}
            tool={tool}
            value={targets[instrument] ?? ''}
            problem={problemOf(targetField(number, instrument))}
            onInput={(value) =>
              onChange({ ...department, targets: { ...targets, [instrument]: value } })
            }
          />
        ))}
        {Object.values(targets).some(isShare) || headCount !== '' ? (
          <TextField
            id={headCountField(number)}
            label={t('departments.headCount')}
            inputMode="numeric"
            maxLength={9}
            value={headCount}
            problem={problemOf(headCountField(number))}
            onInput={(value) => onChange({ ...department, headCount: value })}
          />
        ) : null}
      </div>
      <div class="department-acts">
        {retired ? <p class="tag">{away}</p> : null}
        <button
          type="button"
          class="button button-quiet"
          onClick={() => onChange({ ...department, retired: !retired })}
        >
          {retired ? t('departments.restore') : sendAway}
          <span class="visually-hidden">: {title}</span>
        </button>
      </div>
    </fieldset>
  );
}
