// All that a respondent may read in English, in one file of the build: a change of language is one request.
import problems from '../../../locales/en/problems.json';
import survey from '../../../locales/en/survey.json';
import type { LanguageTexts } from './language-texts.ts';

const instruments = import.meta.glob<Record<string, unknown>>('./*.json', {
  base: '../../../locales/en/instruments',
  import: 'default',
  eager: true,
});

export const texts: LanguageTexts = { survey, problems, instruments };
