import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';

/** The words of an option of a respondent field; null stands for people who would rather not say. */
export function valueName(
  { t, texts, language }: ReturnType<typeof useWords>,
  assessment: Assessment,
  instrument: Instrument,
  field: string,
  option: number | null,
): string {
  if (option === null) return t('departments.notSaid');
  const known = instrument.fields.find(({ code }) => code === field);
  if (known?.options === 'departments') return departmentName(assessment, language, t, option);
  return texts.instrument(instrument.id)?.fields[field]?.options?.[option] ?? String(option);
}
