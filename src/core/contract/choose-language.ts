import { LANGUAGES, type Language } from './language.ts';

/**
 * The first of the person's preferred languages (BCP 47 tags, best first) that we have; Thai if none of ours.
 * The region is ignored: every Chinese reader gets the one Chinese we have.
 */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    const language = LANGUAGES.find((known) => known === primary);
    if (language) return language;
  }
  return 'th';
}
