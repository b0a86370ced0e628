import type { Card } from '../contract/card.ts';
import type { PublishedFigures } from '../contract/figures.ts';
import type { ReportCell, ReportSection, ReportTable } from '../contract/report.ts';
import {
  compareFigures,
  type FigureChange,
  figuresOf,
  levelOfFigures,
} from '../scoring/comparison.ts';
import { change, figures, hidden, score, table, text, words as wordsColumn } from './cells.ts';
import { cardItemTitle, indicatorTitle, levelTitle } from './labels.ts';
import type { ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

type Tool = Card['tools'][number];

interface Compared {
  about: string;
  /** Whose figure it is: hidden where the tool's are. */
  tool: Tool | undefined;
  figure: FigureChange | undefined;
}

/** A table of figures beside those of before; null where the report to compare with tells none of them. */
function compared(
  facts: ReportFacts,
  { t }: ReportWords,
  year: number,
  { id, title, lines }: { id: string; title: string; lines: readonly Compared[] },
): ReportTable | null {
  if (lines.every(({ figure }) => (figure?.before ?? null) === null)) return null;
  return table({
    id,
    title,
    columns: [
      wordsColumn(t('columns.what')),
      figures(t('comparison.now')),
      figures(t('comparison.before', { year })),
      figures(t('columns.change')),
    ],
    bars: 1,
    rows: lines.flatMap(({ about, tool, figure }): ReportCell[][] => {
      if (!figure) return [];
      const isHidden = figure.now === null && tool?.absence === 'hidden';
      return [
        [
          text(about),
          isHidden ? hidden('few', facts.scores.threshold) : score(figure.now),
          score(figure.before),
          change(figure.change),
        ],
      ];
    }),
  });
}

function tablesOf(
  facts: ReportFacts,
  words: ReportWords,
  lastYear: PublishedFigures,
): ReportTable[] {
  const { t } = words;
  const { card, assessment } = facts;
  const told = compareFigures(figuresOf(card, assessment.fiscalYear), lastYear);
  const toolOf = (code: Tool['tool']) => card.tools.find(({ tool }) => tool === code);
  const tableOf = (id: string, title: string, lines: readonly Compared[]) =>
    compared(facts, words, lastYear.fiscalYear, { id: `comparison-${id}`, title, lines });

  const whole = tableOf('tools', t('comparison.tools'), [
    { about: t('card.ita'), tool: undefined, figure: told.ita },
    ...card.tools.map((tool) => ({
      about: t('scores.ofTool', { tool: tool.tool }),
      tool,
      figure: told.tools[tool.tool],
    })),
  ]);
  const levelBefore = levelOfFigures(lastYear);
  const levels = [
    { label: t('comparison.levelNow'), level: card.level },
    { label: t('comparison.levelBefore', { year: lastYear.fiscalYear }), level: levelBefore },
  ].map(({ label, level }) => ({ label, cell: text(levelTitle(words, level)) }));

  return [
    whole && { ...whole, facts: levels },
    tableOf(
      'indicators',
      t('comparison.indicators'),
      card.indicators.map(({ indicator, tool }) => ({
        about: indicatorTitle(words, toolOf(tool)?.instrument ?? null, indicator),
        tool: toolOf(tool),
        figure: told.indicators[indicator],
      })),
    ),
    ...card.tools.map((tool) =>
      tableOf(
        `items-${tool.tool}`,
        t('comparison.items', { tool: tool.tool }),
        card.items
          .filter((item) => item.tool === tool.tool)
          .map(({ code }) => ({
            about: cardItemTitle(words, tool.instrument, code),
            tool,
            figure: told.items[code],
          })),
      ),
    ),
  ].filter((made) => made !== null);
}

/** What a published report says, beside what this one does; null where none was typed in. */
export function comparisonSection(facts: ReportFacts, words: ReportWords): ReportSection | null {
  const { t } = words;
  const { lastYear } = facts;
  const tables = lastYear ? tablesOf(facts, words, lastYear) : [];
  if (!lastYear || tables.length === 0) return null;
  return {
    id: 'comparison',
    title: t('sections.comparison', { year: lastYear.fiscalYear }),
    shortTitle: t('short.comparison'),
    paragraphs: [t('comparison.typedIn')],
    tables,
  };
}
