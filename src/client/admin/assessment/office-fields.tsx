import type { OrganizationList } from '#core/contract/organization.ts';
import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import {
  FISCAL_YEAR_FIELD,
  ofOrganization,
  organizationField,
  readNumber,
  type DraftForm,
} from './draft-form.ts';
import { OrganizationSelect } from '../organizations/organization-select.tsx';
import { NamesFields } from './names-fields.tsx';

interface OfficeFieldsProps {
  form: DraftForm;
  /** Of a new one: the organizations to choose from; null = the name is typed. */
  among?: OrganizationList | null;
  problemOf: (field: string) => string | undefined;
  onChange: (form: DraftForm) => void;
}

/** The office's name and the fiscal year. */
export function OfficeFields({ form, among = null, problemOf, onChange }: OfficeFieldsProps) {
  const { t, formats } = useWords();
  const year = readNumber(form.fiscalYear);
  const hint =
    year !== null && year >= 2560 && year <= 2650
      ? t('office.yearMeans', {
          from: formats.day(`${year - 544}-10-01`),
          to: formats.day(`${year - 543}-09-30`),
        })
      : t('office.yearHint');
  return (
    <>
      {among === null ? null : (
        <OrganizationSelect
          id="organization-choice"
          label={t('organizations.whose')}
          organizations={among.organizations}
          besides={among.branch === 'all' ? { value: '', text: t('organizations.another') } : null}
          value={form.organizationId ?? ''}
          onChange={(id) => onChange(ofOrganization(form, among, id))}
        />
      )}
      {form.organizationId === undefined ? (
        <NamesFields
          label={t('office.name')}
          hint={t('office.nameHint')}
          name={form.organization}
          fieldOf={organizationField}
          problemOf={problemOf}
          onChange={(organization) => onChange({ ...form, organization })}
        />
      ) : null}
      <div class="field-narrow">
        <TextField
          id={FISCAL_YEAR_FIELD}
          label={t('office.year')}
          hint={hint}
          inputMode="numeric"
          maxLength={4}
          value={form.fiscalYear}
          problem={problemOf(FISCAL_YEAR_FIELD)}
          onInput={(fiscalYear) => onChange({ ...form, fiscalYear })}
        />
      </div>
    </>
  );
}
