import type { Card } from '../contract/card.ts';
import type { ReportCell, ReportTable } from '../contract/report.ts';
import { scoreOit, weightOf } from '../scoring/oit.ts';
import { toTwoDecimals } from '../scoring/fraction.ts';
import {
  emptyTable,
  figures,
  hidden,
  score,
  table,
  text,
  weight,
  words as wordsColumn,
} from './cells.ts';
import { cardItemTitle, indicatorTitle, levelTitle } from './labels.ts';
import type { ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

type ToolLine = Card['tools'][number];

function toolTitle(words: ReportWords, { tool, instrument }: ToolLine): string {
  if (instrument === null) return tool;
  return words.instrument(instrument)?.title ?? words.oit(instrument)?.title ?? tool;
}

/** The tool's score, or why it has none. */
function toolScore({ threshold }: { threshold: number }, words: ReportWords, line: ToolLine) {
  if (line.absence === null) return score(line.score);
  if (line.absence === 'hidden') return hidden('few', threshold);
  return text(words.t(`absence.${line.absence}`));
}

/** The two parts of a tool of which the assessor collects one. */
function partRows(words: ReportWords, { parts, tool }: ToolLine): ReportCell[][] {
  if (!parts) return [];
  const { office, assessor } = parts;
  return [
    [
      text(words.t('card.officePart', { tool })),
      weight(office.weight),
      score(office.score),
      text(''),
    ],
    [
      text(words.t('card.assessorPart', { tool })),
      weight(assessor.weight),
      score(assessor.score),
      text(''),
    ],
  ];
}

/** The ITA with its level, and what each tool contributes. */
export function cardTable({ card, scores }: ReportFacts, words: ReportWords): ReportTable {
  const { t } = words;
  return table({
    id: 'card',
    title: t('card.title'),
    facts: [
      { label: t('card.ita'), cell: score(card.ita) },
      {
        label: t('card.level'),
        cell: text(levelTitle(words, card.level)),
      },
    ],
    columns: [
      wordsColumn(t('columns.tool')),
      figures(t('columns.weight')),
      figures(t('columns.score')),
      figures(t('columns.weighted')),
    ],
    bars: 2,
    rows: card.tools.flatMap((line) => [
      [
        text(toolTitle(words, line)),
        weight(line.weight),
        toolScore(scores, words, line),
        score(line.weighted),
      ],
      ...partRows(words, line),
    ]),
  });
}

const isJudged = ({ oit }: ReportFacts): boolean =>
  oit.checklist.entries.some(({ points }) => points !== null);

/** The rows of the indicators that no respondent answers: those of the OIT, once the office has judged any of it. */
export function oitIndicatorRows(facts: ReportFacts, words: ReportWords): ReportCell[][] {
  const { card, oit } = facts;
  if (!isJudged(facts)) return [];
  return card.indicators
    .filter(({ tool }) => tool === 'OIT')
    .map(({ indicator, score: told }) => [
      text(indicatorTitle(words, oit.instrument.id, indicator)),
      text(''),
      score(told),
    ]);
}

/** Where each item is on the web site, a row for each page; no table while nothing is anywhere. */
function addressTables({ oit }: ReportFacts, words: ReportWords): ReportTable[] {
  const { t } = words;
  const rows = oit.checklist.entries.flatMap(({ item, urls }) =>
    urls.map((url) => [text(cardItemTitle(words, oit.instrument.id, item)), text(url)]),
  );
  if (rows.length === 0) return [];
  return [
    table({
      id: 'scores-oit-addresses',
      title: t('oit.addresses'),
      columns: [wordsColumn(t('columns.item')), wordsColumn(t('columns.address'))],
      rows,
    }),
  ];
}

/** What the office gives itself for what it publishes: by sub-indicator with its weight, and item by item. */
export function oitTables(facts: ReportFacts, words: ReportWords): ReportTable[] {
  const { t } = words;
  const itemsTitle = t('scores.items', { tool: 'OIT' });
  const { instrument, checklist } = facts.oit;
  if (!isJudged(facts))
    return [
      emptyTable({ id: 'scores-items-oit', title: itemsTitle, note: t('oit.notJudged') }),
      ...addressTables(facts, words),
    ];
  const titles = words.oit(instrument.id);
  const scored = scoreOit(instrument, checklist);
  const exactOf = (code: string) => scored.subIndicators.find((part) => part.code === code)?.exact;
  const told = (exact: ReturnType<typeof exactOf>) => score(exact ? toTwoDecimals(exact) : null);
  return [
    table({
      id: 'scores-oit-sub-indicators',
      title: t('oit.subIndicators'),
      columns: [
        wordsColumn(t('columns.subIndicator')),
        figures(t('columns.weight')),
        wordsColumn(t('columns.basis')),
        figures(t('columns.score')),
      ],
      bars: 3,
      rows: instrument.indicators
        .flatMap(({ subIndicators }) => subIndicators)
        .map((part) => [
          text(`${words.digits(part.code)} ${titles?.subIndicators[part.code] ?? ''}`.trim()),
          weight(weightOf(part, checklist.weights)),
          text(t(`oit.basis.${part.basis}`)),
          told(exactOf(part.code)),
        ]),
    }),
    table({
      id: 'scores-items-oit',
      title: itemsTitle,
      facts: [{ label: t('scores.ofTool', { tool: 'OIT' }), cell: told(scored.exact) }],
      columns: [wordsColumn(t('columns.item')), figures(t('columns.score'))],
      bars: 1,
      rows: scored.items.map(({ code, points }) => [
        text(cardItemTitle(words, instrument.id, code)),
        score(points === null ? null : `${points}.00`),
      ]),
    }),
    ...addressTables(facts, words),
  ];
}
