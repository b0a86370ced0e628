import { ORGANIZATION_KINDS, type OrganizationList } from '#core/contract/organization.ts';
import { NamesFields } from '../assessment/names-fields.tsx';
import { useWords } from '../admin.ts';
import { nameFieldOf, type OrganizationForm, problemsOf } from './organization-form.ts';
import { OrganizationSelect } from './organization-select.tsx';

interface OrganizationFieldsProps {
  id: string;
  form: OrganizationForm;
  list: OrganizationList;
  /** The one that is changed: it stands below neither itself nor what is below it. Null = a new one. */
  changed: string | null;
  /** Whether what is wrong is told. */
  isTold: boolean;
  onChange: (form: OrganizationForm) => void;
}

/** The name of an organization, what it is, and below which one it stands. */
export function OrganizationFields(props: OrganizationFieldsProps) {
  const { id, form, list, changed, isTold, onChange } = props;
  const { t } = useWords();
  const problems = isTold ? problemsOf(id, form) : [];
  const isTop = changed !== null && changed === list.branch;
  return (
    <>
      <NamesFields
        label={t('organizations.name')}
        name={form.name}
        fieldOf={(language) => nameFieldOf(id, language)}
        problemOf={(field) => {
          const problem = problems.find((known) => known.field === field);
          return problem && t(`fieldProblems.${problem.code}`);
        }}
        onChange={(name) => onChange({ ...form, name })}
      />
      <div class="field">
        <label for={`${id}-kind`}>{t('organizations.kind')}</label>
        <select
          id={`${id}-kind`}
          class="input"
          value={form.kind}
          onChange={({ currentTarget }) => {
            const kind = ORGANIZATION_KINDS.find((known) => known === currentTarget.value);
            if (kind) onChange({ ...form, kind });
          }}
        >
          {ORGANIZATION_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={kind === form.kind}>
              {t(`organizations.kinds.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      {isTop ? null : (
        <OrganizationSelect
          id={`${id}-parent`}
          label={t('organizations.parent')}
          organizations={list.organizations.filter((known) => known.id !== changed)}
          besides={list.branch === 'all' ? { value: '', text: t('organizations.noParent') } : null}
          value={form.parent ?? ''}
          onChange={(parent) => onChange({ ...form, parent: parent || null })}
        />
      )}
    </>
  );
}
