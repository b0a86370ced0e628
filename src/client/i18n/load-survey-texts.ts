import type { Language } from '#core/contract/language.ts';
import type { SurveyTexts } from '#core/contract/page-data.ts';
import type { LanguageTexts } from './language-texts.ts';

const LANGUAGES: Record<Language, () => Promise<{ texts: LanguageTexts }>> = {
  th: async () => import('./texts-th.ts'),
  en: async () => import('./texts-en.ts'),
  zh: async () => import('./texts-zh.ts'),
  my: async () => import('./texts-my.ts'),
};

/** The words of one language, and those of one instrument. Rejects when they cannot be fetched. */
export async function loadSurveyTexts(
  language: Language,
  instrument: string | null,
): Promise<SurveyTexts> {
  const { survey, problems, instruments } = (await LANGUAGES[language]()).texts;
  if (instrument === null) return { survey, problems };
  const words = instruments[`./${instrument}.json`];
  if (!words) throw new Error(`${instrument} is not part of this build`);
  return { survey, problems, instrument: words };
}
