import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import { FISCAL_YEAR_FIELD, organizationField, readNumber, type DraftForm } from './draft-form.ts';
import { NamesFields } from './names-fields.tsx';

interface OfficeFieldsProps {
  form: DraftForm;
  problemOf: (field: string) => string | undefined;
  onChange: (form: DraftForm) => void;
}

/** The office's name and the fiscal year. */
export function OfficeFields({ form, problemOf, onChange }: OfficeFieldsProps) {
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
      <NamesFields
        label={t('office.name')}
        hint={t('office.nameHint')}
        name={form.organization}
        fieldOf={organizationField}
        problemOf={problemOf}
        onChange={(organization) => onChange({ ...form, organization })}
      />
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
