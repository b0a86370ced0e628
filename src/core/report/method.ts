import type { ReportCell, ReportSection, ReportTable } from '../contract/report.ts';
import { count, figures, day, emptyTable, table, text, words as wordsColumn } from './cells.ts';
import { instrumentTitle } from './labels.ts';
import { silenceOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

/** Which rows of which tables keep something back, and why. */
function suppressed(
  facts: ReportFacts,
  words: ReportWords,
  sections: readonly ReportSection[],
): ReportTable {
  const { t } = words;
  const wholeInstruments = facts.instruments
    .filter((instrument) => silenceOf(facts, instrument) === 'few')
    .map(({ tool }) => [
      text(tool),
      text(t('method.everyTable')),
      text(t('method.everybody')),
      text(t('hidden.few')),
    ]);
  const rowsOfTables = sections.flatMap(({ shortTitle, tables }) =>
    tables.flatMap(({ title, rows: cells }) =>
      cells.flatMap((row): ReportCell[][] => {
        const [group] = row;
        const reasons = row.flatMap((cell) => (cell.type === 'hidden' ? [cell.reason] : []));
        if (reasons.length === 0 || group?.type !== 'text') return [];
        const reason = reasons.includes('few') ? 'few' : 'complement';
        return [[text(shortTitle), text(title), group, text(t(`hidden.${reason}`))]];
      }),
    ),
  );
  const rows = [...wholeInstruments, ...rowsOfTables];
  const heading = { id: 'method-suppressed', title: t('method.suppressed') };
  if (rows.length === 0) return emptyTable({ ...heading, note: t('method.nothingSuppressed') });
  return table({
    ...heading,
    columns: [
      wordsColumn(t('columns.section')),
      wordsColumn(t('columns.table')),
      wordsColumn(t('columns.group')),
      wordsColumn(t('columns.reason')),
    ],
    rows,
  });
}

function about({ assessment, scores, madeOn }: ReportFacts, words: ReportWords): ReportTable {
  const { t } = words;
  return table({
    id: 'method-about',
    title: t('method.about'),
    columns: [wordsColumn(t('columns.what')), figures(t('columns.value'))],
    rows: [
      [text(t('method.madeOn')), day(madeOn)],
      [text(t('method.fiscalYear')), text(words.digits(String(assessment.fiscalYear)))],
      [text(t('method.threshold')), count(scores.threshold)],
    ],
  });
}

/** How the figures are made and what is not told; `sections`: those that stand before it. */
export function methodSection(
  facts: ReportFacts,
  words: ReportWords,
  sections: readonly ReportSection[],
): ReportSection {
  const { t } = words;
  const weights = facts.instruments.map((instrument) =>
    t(`method.${instrument.toolScore}`, {
      instrument: instrumentTitle(words, instrument),
      weight: instrument.weight,
    }),
  );
  return {
    id: 'method',
    title: t('sections.method'),
    shortTitle: t('short.method'),
    paragraphs: [
      t('method.points'),
      t('method.means'),
      ...weights,
      t('method.oit'),
      t('method.ita'),
      t('method.rounding'),
      t('method.hiding', { threshold: facts.scores.threshold }),
    ],
    tables: [about(facts, words), suppressed(facts, words, sections)],
  };
}
