import type { BasisTool, Card, CardBasis } from '../contract/card.ts';
import { product, readFraction } from './fraction.ts';
import { outlookOf } from './outlook.ts';
import { indicatorScore, type RatedTool, rateTool, told } from './rating.ts';

function toolLine({ basis, weight, own, score }: RatedTool): Card['tools'][number] {
  const { tool, instrument, assessor, absence } = basis;
  return {
    tool,
    instrument,
    weight: told(weight) ?? '',
    score: told(score),
    weighted: score && told(product(weight, score)),
    parts: assessor && { office: { weight: basis.weight, score: told(own) }, assessor },
    absence: score === null ? (absence ?? 'incomplete') : null,
  };
}

function indicatorLines({ tool, items }: BasisTool): Card['indicators'] {
  return [...new Set(items.map(({ indicator }) => indicator))].map((indicator) => ({
    indicator,
    tool,
    score: told(indicatorScore(items.filter((item) => item.indicator === indicator))),
  }));
}

/** The card of a basis: every number is made from the exact ones and rounded once. */
export function cardOf({ fiscalYear, tools }: CardBasis): Card {
  const rated = tools.map(rateTool);
  return {
    ...outlookOf(rated, fiscalYear),
    tools: rated.map(toolLine),
    indicators: tools.flatMap(indicatorLines).sort((a, b) => a.indicator - b.indicator),
    items: rated.flatMap(({ basis: { tool, items } }) =>
      items.map(({ code, indicator, points }) => ({
        code,
        indicator,
        tool,
        score: points === null ? null : told(readFraction(points)),
      })),
    ),
  };
}
