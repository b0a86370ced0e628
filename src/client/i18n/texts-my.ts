// All that a respondent may read in Burmese, in one file of the build: a change of language is one request.
import problems from '../../../locales/my/problems.json';
import survey from '../../../locales/my/survey.json';
import type { LanguageTexts } from './language-texts.ts';

const instruments = import.meta.glob<Record<string, unknown>>('./*.json', {
  base: '../../../locales/my/instruments',
  import: 'default',
  eager: true,
});

export const texts: LanguageTexts = { survey, problems, instruments };
