import type { ReportTable } from '../contract/report.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { LEAST_STANDING_OUT, TIMES_THE_USUAL } from '../scoring/standing-out.ts';
import { count, day, figures, table, text, words as wordsColumn } from './cells.ts';
import { departmentTitle } from './labels.ts';
import { participationIn, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

/** By which rule something stands out. */
export const standingOutText = ({ t }: ReportWords): string =>
  t('quality.standingOut.rule', { least: LEAST_STANDING_OUT, times: TIMES_THE_USUAL });

/** Channels and days on which far more answered than is usual; null where none stands out. */
export function standingOutTable(
  facts: ReportFacts,
  words: ReportWords,
  instrument: Instrument,
): ReportTable | null {
  const { t } = words;
  const found = participationIn(facts, instrument)?.standingOut ?? [];
  if (found.length === 0) return null;
  return table({
    id: `quality-rates-${instrument.id}`,
    title: t('quality.standingOut.title', { tool: instrument.tool }),
    columns: [
      wordsColumn(t('quality.standingOut.channel')),
      wordsColumn(t('quality.standingOut.day')),
      figures(t('quality.standingOut.n')),
      figures(t('quality.standingOut.usual')),
    ],
    rows: found.map(({ code, department, day: on, n, usual }) => {
      const name =
        department === null
          ? t('quality.standingOut.wholeOffice')
          : departmentTitle(words, facts.assessment, department);
      return [
        text(`${name} · ${code}`),
        on === null ? text(t('quality.standingOut.allDays')) : day(on),
        count(n),
        count(usual),
      ];
    }),
  });
}
