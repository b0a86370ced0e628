import type { RollUp } from '../contract/roll-up.ts';
import { nameIn } from '../contract/localized-name.ts';
import type { ReportWords } from './report-words.ts';

/**
 * The offices of a branch as lines of text, headings first; a score that is not told is empty. Those without an assessment of the year
 * come last, by name alone.
 */
export function rollUpLines(
  { fiscalYear, rows, without }: RollUp,
  { t, language }: Pick<ReportWords, 't' | 'language'>,
): string[][] {
  const year = fiscalYear === null ? '' : String(fiscalYear);
  return [
    [
      t('rollUp.year'),
      t('rollUp.office'),
      'ITA',
      'IIT',
      'EIT',
      'OIT',
      t('rollUp.answered'),
      t('rollUp.target'),
      t('rollUp.towards'),
    ],
    ...rows.map(({ organization, ita, IIT, EIT, OIT, answered, target, towards }) => [
      year,
      nameIn(language, organization),
      ita ?? '',
      IIT ?? '',
      EIT ?? '',
      OIT ?? '',
      answered === null ? '' : String(answered),
      target === null ? '' : String(target),
      towards === null ? '' : String(towards),
    ]),
    ...without.map((name) => [year, nameIn(language, name), '', '', '', '', '', '', '']),
  ];
}
