import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import type { Language } from '#core/contract/language.ts';

/** What an admin reads on the screen: the words of a key, with its values in their places. */
export type AdminWords = (key: string, values?: Record<string, string | number>) => string;

function read(language: Language, name: string) {
  const file = new URL(`../../../locales/${language}/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * The words of the office's app in a language; `problems:` is a namespace beside them. A key without words throws, so that
 * a journey never waits for a key on the screen.
 */
export function adminWords(language: Language): AdminWords {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    initAsync: false,
    defaultNS: 'admin',
    resources: {
      [language]: {
        admin: read(language, 'admin'),
        problems: { ...read(language, 'problems'), ...read(language, 'office-problems') },
      },
    },
    interpolation: { escapeValue: false },
  });
  return function words(key, values = {}) {
    if (!i18n.exists(key, values)) throw new Error(`no words for ${key} in ${language}`);
    return i18n.t(key, values);
  };
}
