import type { Language } from '#core/contract/language.ts';

/** How each language writes a day and a time of day here, always in Arabic digits. */
const LOCALES: Readonly<Record<Language, string>> = {
  th: 'th-TH-u-nu-latn',
  en: 'en-GB',
  zh: 'zh-CN',
  my: 'my-MM-u-nu-latn',
};

/** A moment in milliseconds since the epoch as day, month, hour and minute, by the device's own clock. */
export function momentIn(language: Language, moment: number): string {
  const format = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], { ...format, hour12: false }).format(moment);
}
