import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { LocalizedName } from '#core/contract/language-schema.ts';

type Names = Record<Language, string>;

/** A name as it is typed, beside what it was when it was loaded; empty = no name in that language. */
export interface NameForm extends Names {
  loaded: Readonly<Names>;
}

/** The languages a name may have besides Thai, which it always has. */
export const OTHER_LANGUAGES = LANGUAGES.filter((language) => language !== 'th');

/** The form of a name that is known. */
export function nameForm(name: LocalizedName): NameForm {
  const loaded = { th: name.th, en: name.en ?? '', zh: name.zh ?? '', my: name.my ?? '' };
  return { ...loaded, loaded };
}

/** The form of a name that nobody gave yet. */
export const emptyName = (): NameForm => nameForm({ th: '' });

const isRenamed = (name: NameForm) => name.th.trim() !== name.loaded.th.trim();

/**
 * The name with another Thai text. The names in other languages that came with the loaded one leave with it and come
 * back with it: they would tell foreigners of an office or a department that is called otherwise. What was typed stays.
 */
export function withThai(name: NameForm, th: string): NameForm {
  const changed = { ...name, th };
  if (isRenamed(changed) === isRenamed(name)) return changed;
  for (const language of OTHER_LANGUAGES) {
    const loaded = name.loaded[language];
    const [gone, come] = isRenamed(changed) ? [loaded, ''] : ['', loaded];
    if (name[language] === gone) changed[language] = come;
  }
  return changed;
}

/** Whether a name in another language left with the old Thai one and none took its place. */
export function lacksOldNames(name: NameForm): boolean {
  const gone = (language: Language) =>
    name[language].trim() === '' && name.loaded[language].trim() !== '';
  return isRenamed(name) && OTHER_LANGUAGES.some(gone);
}

/** The name as the server takes it: without the spaces round it and the languages left empty. */
export function readName(name: NameForm): LocalizedName {
  const others = OTHER_LANGUAGES.filter((language) => name[language].trim() !== '');
  const written = others.map((language) => [language, name[language].trim()]);
  return { th: name.th.trim(), ...Object.fromEntries(written) };
}
