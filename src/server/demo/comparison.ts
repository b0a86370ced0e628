import type { ToolScore } from '#core/contract/scores.ts';
import type { PublishedTool } from './published-report.ts';

/** A score of these responses beside the published one, both as text with two decimals. */
export interface Row {
  what: string;
  score: string | null;
  published: string;
}

/** Items, then indicators, then the tool, each beside what was published. */
export function compare(tool: string, score: ToolScore, published: PublishedTool): Row[] {
  return [
    ...score.items.map((item) => ({
      what: item.code,
      score: item.score,
      published: published.items[item.code]?.score ?? '',
    })),
    ...score.indicators.map((indicator) => ({
      what: `indicator ${indicator.indicator}`,
      score: indicator.score,
      published: published.indicators[indicator.indicator] ?? '',
    })),
    { what: tool, score: score.score, published: published.score },
  ];
}

export const isEqual = ({ score, published }: Row) => score === published;

function lineOf(what: string, score: string, published: string, mark: string): string {
  return `  ${what.padEnd(14)}${score.padStart(15)}${published.padStart(11)}  ${mark}`.trimEnd();
}

/** The rows as lines of a table with a heading. */
export function tableOf(rows: readonly Row[]): string[] {
  return [
    lineOf('', 'these responses', 'published', ''),
    ...rows.map((row) =>
      lineOf(row.what, row.score ?? '–', row.published, isEqual(row) ? 'equal' : 'differs'),
    ),
  ];
}
