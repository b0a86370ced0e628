import type { Language } from '#core/contract/language.ts';
import en from '#locales/en/display.json' with { type: 'json' };
import my from '#locales/my/display.json' with { type: 'json' };
import th from '#locales/th/display.json' with { type: 'json' };
import zh from '#locales/zh/display.json' with { type: 'json' };
import { inDigitsOf } from '../i18n/digits.ts';
import type { Translate } from '../i18n/texts.ts';
import { translate, type Words } from '../i18n/translate.ts';

/** All of them at once: who stands before a display reads any of them, and it is there without network. */
const WORDS: Readonly<Record<Language, Words>> = { th, en, zh, my };

/** The words of a display in a language. */
export function wordsIn(language: Language): Translate {
  const files = new Map([['survey', WORDS[language]]]);
  return (key, values) => inDigitsOf(language, translate(files, language, key, values));
}
