import type { ItemScore, ToolScore } from '../contract/scores.ts';
import type { Instrument, Item } from '../instruments/instrument.ts';
import { fraction, meanOf, readDecimal, toTwoDecimals, type Fraction } from './fraction.ts';
import type { Tally } from './tally.ts';

// Nothing is rounded on the way: an indicator is the mean of its items' exact scores, and so is a tool. Each number is
// rounded once, when it is told. Only the mean of a department's tools is of told scores.

/** Points of each option of the item, option 1 first: its scale's, in reverse for a negative item. */
export function pointsOf(instrument: Instrument, item: Item): readonly number[] {
  const points = instrument.scales[item.scale]?.points ?? [];
  return item.polarity === 'negative'
    ? points.map((_, index) => points[points.length - 1 - index] ?? 0)
    : points;
}

const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Mean of the points that the respondents gave; null where nobody answered. */
export function exactItemScore(
  counts: readonly number[],
  points: readonly number[],
): Fraction | null {
  const n = totalOf(counts);
  if (n === 0) return null;
  return fraction(
    counts.reduce((sum, count, index) => sum + count * (points[index] ?? 0), 0),
    n,
  );
}

/** The mean of the scores; null where one of them is missing, because the mean of the rest would be of something else. */
function meanOfAll(scores: readonly (Fraction | null)[]): Fraction | null {
  const known = scores.filter((score) => score !== null);
  return known.length > 0 && known.length === scores.length ? meanOf(known) : null;
}

const told = (score: Fraction | null) => (score === null ? null : toTwoDecimals(score));

function exactScores(instrument: Instrument, tally: Tally) {
  const items = instrument.items.map((item) => {
    const options = [...(tally.items[item.code] ?? [])];
    const exact = exactItemScore(options, pointsOf(instrument, item));
    return { code: item.code, indicator: item.indicator, n: totalOf(options), exact, options };
  });
  const indicators = [...new Set(items.map(({ indicator }) => indicator))].map((indicator) => {
    const own = items.filter((item) => item.indicator === indicator);
    return {
      indicator,
      n: Math.min(...own.map(({ n }) => n)),
      exact: meanOfAll(own.map(({ exact }) => exact)),
    };
  });
  const parts = instrument.toolScore === 'mean-of-items' ? items : indicators;
  return { items, indicators, exact: meanOfAll(parts.map(({ exact }) => exact)) };
}

/**
 * The mean of scores as they are told, rounded half-up in its turn, as the published reports make it: whoever has the
 * table can work it out. Null where one is missing, because the mean of the rest would be of something else.
 */
export function meanOfTold(scores: readonly (string | null)[]): string | null {
  return told(meanOfAll(scores.map((score) => (score === null ? null : readDecimal(score)))));
}

/** The score of a group of responses by item, indicator and tool, from 0 to 100. */
export function scoreTool(instrument: Instrument, tally: Tally): ToolScore {
  const { items, indicators, exact } = exactScores(instrument, tally);
  return {
    score: told(exact),
    indicators: indicators.map((known) => ({
      indicator: known.indicator,
      n: known.n,
      score: told(known.exact),
    })),
    items: items.map((item): ItemScore => ({
      code: item.code,
      n: item.n,
      score: told(item.exact),
      options: item.options,
    })),
  };
}
