import type { Card, Level } from '../contract/card.ts';
import type { PublishedFigures } from '../contract/figures.ts';
import { hundredthsOf, levelOf } from './level.ts';

/** One figure now and before. `change` is what it rose by, with its sign: "+0.34", "-1.20", "0.00". */
export interface FigureChange {
  readonly now: string | null;
  readonly before: string | null;
  readonly change: string | null;
}

/** Everything that both or one of two reports tell, by tool, number of the indicator and code of the item. */
export interface Comparison {
  readonly ita: FigureChange;
  readonly tools: Readonly<Record<'IIT' | 'EIT' | 'OIT', FigureChange>>;
  readonly indicators: Readonly<Record<string, FigureChange>>;
  readonly items: Readonly<Record<string, FigureChange>>;
}

const knownOf = (entries: readonly (readonly [string, string | null])[]) =>
  Object.fromEntries(
    entries.flatMap(([key, score]) => (score === null ? [] : [[key, score] as const])),
  );

/** What a card tells, in the shape of a published report. */
export function figuresOf(card: Card, fiscalYear: number): PublishedFigures {
  const scoreOf = (wanted: 'IIT' | 'EIT' | 'OIT') =>
    card.tools.find(({ tool }) => tool === wanted)?.score ?? null;
  return {
    fiscalYear,
    ita: card.ita,
    tools: { IIT: scoreOf('IIT'), EIT: scoreOf('EIT'), OIT: scoreOf('OIT') },
    indicators: knownOf(card.indicators.map(({ indicator, score }) => [String(indicator), score])),
    items: knownOf(card.items.map(({ code, score }) => [code, score])),
  };
}

/** The level that a report's figures give; null where they do not tell all that it is decided by. */
export function levelOfFigures({ fiscalYear, ita, tools }: PublishedFigures): Level | null {
  const known = [tools.IIT, tools.EIT, tools.OIT].filter((score) => score !== null);
  return ita === null || known.length < 3 ? null : levelOf(fiscalYear, ita, known);
}

/** By how much a figure rose from `before` to `now`. */
export function changeOf(
  now: string | null | undefined,
  before: string | null | undefined,
): FigureChange {
  const pair = { now: now ?? null, before: before ?? null };
  if (pair.now === null || pair.before === null) return { ...pair, change: null };
  const change = hundredthsOf(pair.now) - hundredthsOf(pair.before);
  const size = (Math.abs(change) / 100).toFixed(2);
  if (change === 0) return { ...pair, change: size };
  return { ...pair, change: `${change > 0 ? '+' : '-'}${size}` };
}

function changesOf(
  now: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): Record<string, FigureChange> {
  const keys = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return Object.fromEntries(keys.map((key) => [key, changeOf(now[key], before[key])]));
}

/** The figures of two reports side by side, as both are told. */
export function compareFigures(now: PublishedFigures, before: PublishedFigures): Comparison {
  return {
    ita: changeOf(now.ita, before.ita),
    tools: {
      IIT: changeOf(now.tools.IIT, before.tools.IIT),
      EIT: changeOf(now.tools.EIT, before.tools.EIT),
      OIT: changeOf(now.tools.OIT, before.tools.OIT),
    },
    indicators: changesOf(now.indicators, before.indicators),
    items: changesOf(now.items, before.items),
  };
}
