import type { ReportSection, ReportTable } from '../contract/report.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { cardTable, oitIndicatorRows, oitTables } from './card-tables.ts';
import {
  cellsOf,
  count,
  emptyTable,
  figures,
  score,
  table,
  text,
  words as wordsColumn,
} from './cells.ts';
import { indicatorTitle, itemTitle, silenceText } from './labels.ts';
import { officeOf, silenceOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

const scoreColumns = (t: ReportWords['t'], first: string) => [
  wordsColumn(t(first)),
  figures(t('columns.people')),
  figures(t('columns.score')),
];

function indicators(facts: ReportFacts, words: ReportWords): ReportTable {
  const { t } = words;
  const rows = facts.instruments.flatMap((instrument) => {
    if (silenceOf(facts, instrument) === 'nobody') return [];
    const office = officeOf(facts, instrument);
    return [...new Set(instrument.items.map(({ indicator }) => indicator))].map((indicator) => {
      const told = (known: { indicator: number }) => known.indicator === indicator;
      return [
        text(indicatorTitle(words, instrument.id, indicator)),
        ...cellsOf(office, facts.scores.threshold, [
          (_, value) => count(value.indicators.find(told)?.n ?? 0),
          (_, value) => score(value.indicators.find(told)?.score ?? null),
        ]),
      ];
    });
  });
  const all = [...rows, ...oitIndicatorRows(facts, words)];
  const about = { id: 'scores-by-indicator', title: t('scores.byIndicator') };
  if (all.length === 0) return emptyTable({ ...about, note: t('scores.nothingYet') });
  return table({
    ...about,
    columns: scoreColumns(t, 'columns.indicator'),
    bars: 2,
    rows: all,
  });
}

function items(facts: ReportFacts, words: ReportWords, instrument: Instrument): ReportTable {
  const { t } = words;
  const { threshold } = facts.scores;
  const { tool } = instrument;
  const about = { id: `scores-items-${instrument.id}`, title: t('scores.items', { tool }) };
  const silence = silenceOf(facts, instrument);
  if (silence !== null)
    return emptyTable({ ...about, note: silenceText(words, silence, instrument, threshold) });
  const office = officeOf(facts, instrument);
  const [people, whole] = cellsOf(office, threshold, [
    (n) => count(n),
    (_, value) => score(value.score),
  ]);
  return table({
    ...about,
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
