import type { Checklist, ChecklistWeights } from '../contract/oit.ts';
import {
  makeWhole,
  type OitInstrument,
  type SubIndicator,
} from '../instruments/oit/oit-instrument.ts';
import { fraction, meanOf, product, readDecimal, sumOf, type Fraction } from './fraction.ts';

// A sub-indicator is the mean of its items, an indicator the weighed sum of its sub-indicators, and OIT that of its
// indicators. Nothing is rounded on the way; each number is rounded once, when it is told.

/** `exact` is from 0 to 100, and null where an item below it has not been judged yet. */
export interface OitScore {
  readonly items: readonly { readonly code: string; readonly points: 0 | 100 | null }[];
  readonly subIndicators: readonly { readonly code: string; readonly exact: Fraction | null }[];
  readonly indicators: readonly { readonly indicator: number; readonly exact: Fraction | null }[];
  readonly exact: Fraction | null;
}

/** The weight that counts: an assumed one may be the assessment's own. */
export function weightOf({ code, weight, basis }: SubIndicator, own: ChecklistWeights): string {
  return basis === 'assumption' ? (own[code] ?? weight) : weight;
}

/** True if the weights are of sub-indicators whose weight is assumed, and those of every indicator still make up a whole. */
export function fitWeights({ indicators }: OitInstrument, own: ChecklistWeights): boolean {
  const assumed = new Set(
    indicators
      .flatMap(({ subIndicators }) => subIndicators)
      .filter(({ basis }) => basis === 'assumption')
      .map(({ code }) => code),
  );
  return (
    Object.keys(own).every((code) => assumed.has(code)) &&
    indicators.every(({ subIndicators }) =>
      makeWhole(subIndicators.map((part) => weightOf(part, own))),
    )
  );
}

type Weighed = readonly { readonly weight: string; readonly exact: Fraction | null }[];

/** The weighed sum; null where a part is missing, because the sum of the rest would be of something else. */
function weighedSum(parts: Weighed): Fraction | null {
  const products = parts.flatMap(({ weight, exact }) =>
    exact === null ? [] : [product(readDecimal(weight), exact)],
  );
  return products.length === parts.length ? sumOf(products) : null;
}

/** What the office gives itself, by item, sub-indicator, indicator and for the whole of OIT. */
export function scoreOit(instrument: OitInstrument, { entries, weights }: Checklist): OitScore {
  const pointsByItem = new Map(entries.map(({ item, points }) => [item, points]));
  const indicators = instrument.indicators.map(({ indicator, weight, subIndicators }) => {
    const parts = subIndicators.map((part) => {
      const items = part.items.map((code) => ({ code, points: pointsByItem.get(code) ?? null }));
      const judged = items.flatMap(({ points }) => (points === null ? [] : [fraction(points, 1)]));
      const exact = judged.length === items.length ? meanOf(judged) : null;
      return { code: part.code, weight: weightOf(part, weights), items, exact };
    });
    return { indicator, weight, parts, exact: weighedSum(parts) };
  });
  const subIndicators = indicators.flatMap(({ parts }) => parts);
  return {
    items: subIndicators.flatMap(({ items }) => items),
    subIndicators: subIndicators.map(({ code, exact }) => ({ code, exact })),
    indicators: indicators.map(({ indicator, exact }) => ({ indicator, exact })),
    exact: weighedSum(indicators),
  };
}

/** The score if everything that has not been judged yet got these points. */
export function scoreOitIf(
  points: 0 | 100,
  instrument: OitInstrument,
  checklist: Checklist,
): OitScore {
  const entries = checklist.entries.map((entry) => ({
    ...entry,
    points: entry.points ?? points,
  }));
  return scoreOit(instrument, { ...checklist, entries });
}
