import type { Language } from '#core/contract/language.ts';
import { inDigitsOf } from '../i18n/digits.ts';

/**
 * How each language writes a day and a time of day here. Chromium carries no Burmese dates, and would take the month's
 * name from the browser's own language: so that is a number there.
 */
const WRITING: Readonly<Record<Language, { locale: string; month: 'short' | 'numeric' }>> = {
  th: { locale: 'th-TH-u-nu-latn', month: 'short' },
  en: { locale: 'en-GB', month: 'short' },
  zh: { locale: 'zh-CN', month: 'short' },
  my: { locale: 'en-GB', month: 'numeric' },
};

/** A moment in milliseconds since the epoch as day, month, hour and minute, by the device's own clock. */
export function momentIn(language: Language, moment: number): string {
  const { locale, month } = WRITING[language];
  const written = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  return inDigitsOf(language, written);
}
