import type { ReportSection, ReportTable } from '../contract/report.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { cardTable, oitIndicatorRows, oitTables } from './card-tables.ts';
import { cellsOf, count, figures, score, table, text, words as wordsColumn } from './cells.ts';
import { itemTitle } from './labels.ts';
import { officeOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

const scoreColumns = (t: ReportWords['t'], first: string) => [
  wordsColumn(t(first)),
  figures(t('columns.people')),
  figures(t('columns.score')),
];

function indicators(facts: ReportFacts, words: ReportWords): ReportTable {
  const { t } = words;
  const rows = facts.instruments.flatMap((instrument) => {
    const office = officeOf(facts, instrument);
    const titles = words.instrument(instrument.id)?.indicators;
    return [...new Set(instrument.items.map(({ indicator }) => indicator))].map((indicator) => {
      const told = (known: { indicator: number }) => known.indicator === indicator;
      return [
        text(`${words.digits(String(indicator))} ${titles?.[indicator] ?? ''}`.trim()),
        ...cellsOf(office, facts.scores.threshold, [
          (_, value) => count(value.indicators.find(told)?.n ?? 0),
          (_, value) => score(value.indicators.find(told)?.score ?? null),
        ]),
      ];
    });
  });
  return table({
    id: 'scores-by-indicator',
    title: t('scores.byIndicator'),
    columns: scoreColumns(t, 'columns.indicator'),
    bars: 2,
    rows: [...rows, ...oitIndicatorRows(facts, words)],
  });
}

function items(facts: ReportFacts, words: ReportWords, instrument: Instrument): ReportTable {
  const { t } = words;
  const { threshold } = facts.scores;
  const { tool } = instrument;
  const office = officeOf(facts, instrument);
  const [people, whole] = cellsOf(office, threshold, [
    (n) => count(n),
    (_, value) => score(value.score),
  ]);
  return table({
    id: `scores-items-${instrument.id}`,
    title: t('scores.items', { tool }),
    columns: scoreColumns(t, 'columns.item'),
    bars: 2,
    facts: [
      ...(people ? [{ label: t('columns.people'), cell: people }] : []),
      ...(whole ? [{ label: t('scores.ofTool', { tool }), cell: whole }] : []),
    ],
    rows: instrument.items.map((item) => [
      text(itemTitle(words, instrument, item)),
      ...cellsOf(office, threshold, [
        (_, value) => count(value.items.find(({ code }) => code === item.code)?.n ?? 0),
        (_, value) => score(value.items.find(({ code }) => code === item.code)?.score ?? null),
      ]),
    ]),
  });
}

/** The scores of the whole office: the card, every indicator, every item. */
export function scoresSection(facts: ReportFacts, words: ReportWords): ReportSection {
  return {
    id: 'scores',
    title: words.t('sections.scores'),
    shortTitle: words.t('short.scores'),
    paragraphs: [words.t('scores.ofTheseResponses')],
    tables: [
      cardTable(facts, words),
      indicators(facts, words),
      ...facts.instruments.map((instrument) => items(facts, words, instrument)),
      ...oitTables(facts, words),
    ],
  };
}
