import type { Language } from '#core/contract/language.ts';

/** Parsed locale files, nested as they are on disk. */
export type Words = Readonly<Record<string, unknown>>;

const DEFAULT_FILE = 'survey';

/** `file:path.to.words`; without a file it is the survey's. */
function placeOf(key: string): { file: string; path: string } {
  const [first = '', second] = key.split(':', 2);
  return second === undefined ? { file: DEFAULT_FILE, path: first } : { file: first, path: second };
}

function find(words: Words | undefined, path: string): string | null {
  let found: unknown = words;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return null;
    found = (found as Words)[name];
  }
  return typeof found === 'string' ? found : null;
}

/**
 * Words for a key, with the values in the places written {{so}}. A value named `count` chooses the plural form: the words
 * under `key_one`, `key_other` and so on, by the language's own rules (Intl.PluralRules). Of several keys the first that has
 * words is taken; if none has, the last key's path. The form of the files, and what comes out, is that of i18next (its JSON
 * version 4), which the admin's app uses; a test compares the two on every text.
 */
export function translate(
  files: ReadonlyMap<string, Words>,
  language: Language,
  key: string | readonly string[],
  values: Readonly<Record<string, string | number>> = {},
): string {
  const { count } = values;
  const plural =
    typeof count === 'number' ? `_${new Intl.PluralRules(language).select(count)}` : '';
  let path = '';
  for (const one of typeof key === 'string' ? [key] : key) {
    const place = placeOf(one);
    ({ path } = place);
    const words = files.get(place.file);
    const text = find(words, path + plural) ?? find(words, path);
    if (text !== null)
      return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  }
  return path;
}
