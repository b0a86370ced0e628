import type { Language } from '#core/contract/language.ts';

/**
 * Arabic digits in Thai as in the published reports; Thai dates are of the Buddhist era. Burmese has Burmese digits, which
 * every browser has.
 */
export const LOCALE: Readonly<Record<Language, string>> = {
  th: 'th-TH-u-ca-buddhist-nu-latn',
  en: 'en-GB',
  zh: 'zh-CN',
  my: 'en-GB-u-nu-mymr',
};

/** A day (ISO) with its year. Chromium has no Burmese names of months, so that Burmese dates are all figures. */
export function longDay(language: Language, day: string): string {
  const month = language === 'my' ? 'numeric' : 'long';
  return new Intl.DateTimeFormat(LOCALE[language], {
    day: 'numeric',
    month,
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(day));
}
