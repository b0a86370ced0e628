import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { NameForm } from './name-form.ts';

export type FieldProblemCode =
  | 'name-missing'
  | 'name-too-long'
  | 'year-invalid'
  | 'year-taken'
  | 'target-invalid'
  | 'share-invalid'
  | 'head-count-invalid'
  | 'threshold-invalid'
  | 'address-invalid'
  | 'all-retired';

/** What is wrong in one field; `field` is the id of its input. */
export interface FieldProblem {
  field: string;
  code: FieldProblemCode;
}

const MAX_NAME_CHARACTERS = 200;

/** What is wrong with a name; `fieldOf` gives the id of its input in a language. */
export function nameProblems(
  name: NameForm,
  fieldOf: (language: Language) => string,
): FieldProblem[] {
  const tooLong = LANGUAGES.filter(
    (language) => name[language].trim().length > MAX_NAME_CHARACTERS,
  );
  const problems = tooLong.map((language): FieldProblem => ({
    field: fieldOf(language),
    code: 'name-too-long',
  }));
  return name.th.trim() === ''
    ? [{ field: fieldOf('th'), code: 'name-missing' }, ...problems]
    : problems;
}
