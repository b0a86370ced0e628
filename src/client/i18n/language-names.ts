import type { Language } from '#core/contract/language.ts';

/** Each language by its own name, the same whatever language is on show. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  th: 'ไทย',
  en: 'English',
  zh: '中文',
  my: 'မြန်မာ',
};
