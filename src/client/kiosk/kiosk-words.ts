import type { Language } from '#core/contract/language.ts';
import { inDigitsOf } from '../i18n/digits.ts';
import type { Translate } from '../i18n/texts.ts';
import { translate, type Words } from '../i18n/translate.ts';

// All four languages at once: the start screen shows them side by side.
const FILES = import.meta.glob<Words>('../../../locales/*/kiosk.json', {
  eager: true,
  import: 'default',
});

/** The kiosk's own words in a language; the survey's own come as everywhere. */
export function kioskWords(language: Language): Translate {
  const files = new Map([['survey', FILES[`../../../locales/${language}/kiosk.json`] ?? {}]]);
  return (key, values) => inDigitsOf(language, translate(files, language, key, values));
}
