import type { Card, Level, Outlook } from '../contract/card.ts';
import {
  atLeastInTwoDecimals,
  compareFractions,
  difference,
  type Fraction,
  fraction,
  product,
  quotient,
  readFraction,
  sumOf,
  toTwoDecimals,
} from './fraction.ts';
import { hundredthsOf, levelOf, levelRules, type LevelRule } from './level.ts';
import { itaOf, type RatedTool, withAssessor } from './rating.ts';

/** The most items that are named as a help. */
const MOST_HELPS = 5;
const HUNDRED = fraction(100, 1);

interface KnownTool extends RatedTool {
  readonly own: Fraction;
  readonly score: Fraction;
}

const isKnown = (tool: RatedTool): tool is KnownTool => tool.own !== null && tool.score !== null;

const hundredthsText = (hundredths: number) => toTwoDecimals(fraction(hundredths, 100));

/** How far a score, as it is told, is below so many points; null where it is not. */
function gapOf(score: Fraction, points: number | null): string | null {
  const gap = (points ?? 0) * 100 - hundredthsOf(toTwoDecimals(score));
  return gap > 0 ? hundredthsText(gap) : null;
}

/** What an exact score lacks to be told as so many points, which half a hundredth less is; null where it lacks nothing. */
function exactlyLacking(score: Fraction, points: number | null): Fraction | null {
  if (gapOf(score, points) === null) return null;
  return difference(fraction((points ?? 0) * 200 - 1, 200), score);
}

const largest = (fractions: readonly Fraction[]) =>
  fractions.reduce((most, next) => (compareFractions(next, most) > 0 ? next : most));

/** What each item could add, and whether it would do by itself. */
function helpsOf(tools: readonly KnownTool[], ita: Fraction, rule: LevelRule) {
  const low = tools.filter(({ score }) => gapOf(score, rule.everyTool) !== null);
  const itaLacks = exactlyLacking(ita, rule.ita);
  const candidates = (low.length > 0 ? low : tools).flatMap((tool) => {
    const toolLacks = exactlyLacking(tool.score, rule.everyTool);
    // All that the item would have to add to the ITA; null where another tool is too low as well.
    const needed = low.some((other) => other !== tool)
      ? null
      : largest([
          ...(itaLacks ? [itaLacks] : []),
          ...(toolLacks ? [product(toolLacks, tool.weight)] : []),
        ]);
    const ownWeight = shareOfOwn(tool);
    return tool.basis.items.flatMap(({ code, share, points, isAllOrNothing }) => {
      if (points === null) return [];
      const score = readFraction(points);
      const weight = product(ownWeight, readFraction(share));
      const gain = product(weight, difference(HUNDRED, score));
      if (gain.numerator <= 0n) return [];
      return [{ tool, code, score, weight, gain, needed, isAllOrNothing }];
    });
  });
  return candidates
    .sort((a, b) => compareFractions(b.gain, a.gain))
    .slice(0, MOST_HELPS)
    .map(({ tool, code, score, weight, gain, needed, isAllOrNothing }) => {
      const isEnough = needed !== null && compareFractions(gain, needed) >= 0;
      const lowest = isEnough ? sumOf([score, quotient(needed, weight)]) : null;
      return {
        tool: tool.basis.tool,
        code,
        score: toTwoDecimals(score),
        toolGain: toTwoDecimals(quotient(gain, tool.weight)),
        itaGain: toTwoDecimals(gain),
        reachesAt: lowest && (isAllOrNothing ? '100.00' : atLeastInTwoDecimals(lowest)),
      };
    });
}

/** The weight in the ITA of what the office collects itself. */
function shareOfOwn({ basis, weight }: RatedTool): Fraction {
  const all = difference(withAssessor(basis, HUNDRED), withAssessor(basis, fraction(0, 1)));
  return product(weight, quotient(all, HUNDRED));
}

function nextOutlook(
  tools: readonly KnownTool[],
  ita: Fraction,
  level: Level,
  fiscalYear: number,
): Outlook {
  const rules = levelRules(fiscalYear);
  const rule = rules[rules.findIndex((known) => known.level === level) - 1];
  if (!rule) return { state: 'highest' };
  return {
    state: 'next',
    level: rule.level,
    itaGap: gapOf(ita, rule.ita),
    toolGaps: tools.flatMap(({ basis, score }) => {
      const gap = gapOf(score, rule.everyTool);
      return gap === null ? [] : [{ tool: basis.tool, gap }];
    }),
    helps: helpsOf(tools, ita, rule),
  };
}

/** What comes out if everything that is missing scores so many hundredths. */
function withMissing(tools: readonly RatedTool[], hundredths: number, fiscalYear: number) {
  const filled = tools.map(({ basis, weight, score }) => ({
    weight,
    score: score ?? withAssessor(basis, fraction(hundredths, 100)),
  }));
  const ita = toTwoDecimals(itaOf(filled));
  const level = levelOf(
    fiscalYear,
    ita,
    filled.map(({ score }) => toTwoDecimals(score)),
  );
  return { ita, level };
}

function missingOutlook(tools: readonly RatedTool[], fiscalYear: number): Outlook {
  const levels = levelRules(fiscalYear).map(({ level }) => level);
  const rank = (level: Level) => levels.indexOf(level);

  /** By halves: a higher score never gives a lower level. */
  function leastFor(level: Level): string | null {
    const isReachedAt = (hundredths: number) =>
      rank(withMissing(tools, hundredths, fiscalYear).level) <= rank(level);
    if (!isReachedAt(10_000)) return null;
    let [least, most] = [0, 10_000];
    while (least < most) {
      const middle = Math.floor((least + most) / 2);
      if (isReachedAt(middle)) most = middle;
      else least = middle + 1;
    }
    return hundredthsText(most);
  }

  return {
    state: 'missing',
    tools: tools.flatMap((rated) =>
      isKnown(rated)
        ? []
        : [{ tool: rated.basis.tool, absence: rated.basis.absence ?? 'incomplete' }],
    ),
    best: withMissing(tools, 10_000, fiscalYear),
    needs: levels.slice(0, -1).map((level) => ({ level, score: leastFor(level) })),
  };
}

/** The ITA, its level, and what keeps it from the next one. */
export function outlookOf(
  tools: readonly RatedTool[],
  fiscalYear: number,
): Pick<Card, 'ita' | 'level' | 'outlook'> {
  const known = tools.filter(isKnown);
  if (known.length < tools.length)
    return { ita: null, level: null, outlook: missingOutlook(tools, fiscalYear) };
  const exact = itaOf(known);
  const ita = toTwoDecimals(exact);
  const level = levelOf(
    fiscalYear,
    ita,
    known.map(({ score }) => toTwoDecimals(score)),
  );
  return { ita, level, outlook: nextOutlook(known, exact, level, fiscalYear) };
}
