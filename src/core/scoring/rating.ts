import type { BasisItem, BasisTool, CardBasis } from '../contract/card.ts';
import {
  type Fraction,
  product,
  quotient,
  readDecimal,
  readFraction,
  sumOf,
  toTwoDecimals,
} from './fraction.ts';

// The exact numbers under a card. Nothing here is rounded.

/** A tool's exact score and weight in the ITA. `own`: of what the office collects itself; null = it is missing. */
export interface RatedTool {
  readonly basis: BasisTool;
  readonly weight: Fraction;
  readonly own: Fraction | null;
  readonly score: Fraction | null;
}

const points = ({ points: text }: BasisItem) => (text === null ? null : readFraction(text));

/** The weighted sum of the items' points; null where one of them has none. */
function weighted(
  items: readonly BasisItem[],
  shareOf: (item: BasisItem) => string,
): Fraction | null {
  const parts: Fraction[] = [];
  for (const item of items) {
    const own = points(item);
    if (own === null) return null;
    parts.push(product(readFraction(shareOf(item)), own));
  }
  return parts.length === 0 ? null : sumOf(parts);
}

/** The exact score of an indicator from its items. */
export function indicatorScore(items: readonly BasisItem[]): Fraction | null {
  return weighted(items, ({ shareOfIndicator }) => shareOfIndicator);
}

/** The tool's score where its own part is `own`: with an assessor's part, both by their weights. */
export function withAssessor({ weight, assessor }: BasisTool, own: Fraction): Fraction {
  if (assessor === null) return own;
  const [ownWeight, otherWeight] = [readDecimal(weight), readDecimal(assessor.weight)];
  const sum = sumOf([product(ownWeight, own), product(otherWeight, readDecimal(assessor.score))]);
  return quotient(sum, sumOf([ownWeight, otherWeight]));
}

export function rateTool(basis: BasisTool): RatedTool {
  const own = basis.absence === null ? weighted(basis.items, ({ share }) => share) : null;
  return {
    basis,
    own,
    weight: sumOf([
      readDecimal(basis.weight),
      ...(basis.assessor ? [readDecimal(basis.assessor.weight)] : []),
    ]),
    score: own && withAssessor(basis, own),
  };
}

/** The ITA of scores by their weights. */
export function itaOf(tools: readonly { weight: Fraction; score: Fraction }[]): Fraction {
  return sumOf(tools.map(({ weight, score }) => product(weight, score)));
}

/** A score as it is told; null stays null. */
export const told = (score: Fraction | null) => (score === null ? null : toTwoDecimals(score));

/** The basis with other points for some items, by code: "97.50" of what-if. Codes it does not have change nothing. */
export function withScores(basis: CardBasis, scores: Readonly<Record<string, string>>): CardBasis {
  const moved = (item: BasisItem): BasisItem => {
    const score = scores[item.code];
    if (score === undefined || item.points === null) return item;
    const { numerator, denominator } = readDecimal(score);
    return { ...item, points: `${numerator}/${denominator}` };
  };
  return {
    ...basis,
    tools: basis.tools.map((tool) => ({ ...tool, items: tool.items.map(moved) })),
  };
}
