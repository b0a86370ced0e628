import type { LocalizedName } from './language-schema.ts';
import type { Language } from './language.ts';

/** The name in the language, else in English, else in Thai, which is always there. */
export function nameIn(language: Language, name: LocalizedName): string {
  if (language === 'th') return name.th;
  return name[language] || name.en || name.th;
}
