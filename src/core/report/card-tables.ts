import type { Card } from '../contract/card.ts';
import type { Checklist } from '../contract/oit.ts';
import type { ReportCell, ReportTable } from '../contract/report.ts';
import { scoreOit, weightOf } from '../scoring/oit.ts';
import { toTwoDecimals } from '../scoring/fraction.ts';
import { figures, hidden, score, table, text, words as wordsColumn } from './cells.ts';
import type { ReportFacts } from './report-facts.ts';
import type { OitWords, ReportWords } from './report-words.ts';

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
      text(words.digits(office.weight)),
      score(office.score),
      text(''),
    ],
    [
      text(words.t('card.assessorPart', { tool })),
      text(words.digits(assessor.weight)),
      score(assessor.score),
      text(''),
    ],
  ];
}

/** The levels of before 2566 are letters, in every language. */
function levelTitle({ t }: ReportWords, { level }: Card): string {
  if (level === null) return t('card.noLevel');
  return /^[A-F]+$/.test(level) ? level : t(`levels.${level}`);
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
        cell: text(levelTitle(words, card)),
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
        text(words.digits(line.weight)),
        toolScore(scores, words, line),
        score(line.weighted),
      ],
      ...partRows(words, line),
    ]),
  });
}

/** The rows of the indicators that no respondent answers: those of the OIT. */
export function oitIndicatorRows({ card, oit }: ReportFacts, words: ReportWords): ReportCell[][] {
  const titles = words.oit(oit.instrument.id)?.indicators;
  return card.indicators
    .filter(({ tool }) => tool === 'OIT')
    .map(({ indicator, score: told }) => [
      text(`${words.digits(String(indicator))} ${titles?.[indicator] ?? ''}`.trim()),
      text(''),
      score(told),
    ]);
}

/** Where each item is on the web site, a row for each page; no table while nothing is anywhere. */
function addressTables(
  { entries }: Checklist,
  titles: OitWords | undefined,
  { t }: ReportWords,
): ReportTable[] {
  const rows = entries.flatMap(({ item, urls }) =>
    urls.map((url) => [text(`${item} ${titles?.items[item] ?? ''}`.trim()), text(url)]),
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
export function oitTables({ oit }: ReportFacts, words: ReportWords): ReportTable[] {
  const { t } = words;
  const { instrument, checklist } = oit;
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
          text(words.digits(weightOf(part, checklist.weights))),
          text(t(`oit.basis.${part.basis}`)),
          told(exactOf(part.code)),
        ]),
    }),
    table({
      id: 'scores-items-oit',
      title: t('scores.items', { tool: 'OIT' }),
      facts: [{ label: t('scores.ofTool', { tool: 'OIT' }), cell: told(scored.exact) }],
      columns: [wordsColumn(t('columns.item')), figures(t('columns.score'))],
      bars: 1,
      rows: scored.items.map(({ code, points }) => [
        text(`${code} ${titles?.items[code] ?? ''}`.trim()),
        score(points === null ? null : `${points}.00`),
      ]),
    }),
    ...addressTables(checklist, titles, words),
  ];
}
