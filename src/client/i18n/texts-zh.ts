// All that a respondent may read in Chinese, in one file of the build: a change of language is one request.
import problems from '../../../locales/zh/problems.json';
import survey from '../../../locales/zh/survey.json';
import type { LanguageTexts } from './language-texts.ts';

const instruments = import.meta.glob<Record<string, unknown>>('./*.json', {
  base: '../../../locales/zh/instruments',
  import: 'default',
  eager: true,
});

export const texts: LanguageTexts = { survey, problems, instruments };
