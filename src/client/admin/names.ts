import type { Assessment } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Translate } from './texts.ts';

/** The name of a department of the assessment; null stands for people who did not say. */
export function departmentName(
  assessment: Assessment,
  language: Language,
  t: Translate,
  number: number | null,
): string {
  if (number === null) return t('departments.notSaid');
  const department = assessment.departments.find((known) => known.number === number);
  return department ? nameIn(language, department.name) : t('departments.numbered', { number });
}
