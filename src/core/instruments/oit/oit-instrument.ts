import * as z from 'zod/mini';
import { weightSchema } from '../instrument.ts';

/** Where a weight is from: it follows from a published report, or nobody published it and an assessment may set another. */
const basisSchema = z.enum(['report', 'assumption']);

export const subIndicatorCodeSchema = z.string().check(z.regex(/^\d{1,2}\.\d{1,2}$/));
export const oitItemCodeSchema = z.string().check(z.regex(/^O\d{1,2}$/));

/** Its score is the mean of its items. `weight`: its share of the indicator. */
const subIndicatorSchema = z.strictObject({
  code: subIndicatorCodeSchema,
  weight: weightSchema,
  basis: basisSchema,
  items: z.array(oitItemCodeSchema).check(z.minLength(1)),
});

/** `weight`: its share of the whole OIT. */
const indicatorSchema = z.strictObject({
  indicator: z.int(),
  weight: weightSchema,
  basis: basisSchema,
  subIndicators: z.array(subIndicatorSchema).check(z.minLength(1)),
});

/** True if the shares make up a whole, exactly: the schema lets four decimals through. */
export const makeWhole = (weights: readonly string[]): boolean =>
  weights.reduce((sum, weight) => sum + Math.round(Number(weight) * 10_000), 0) === 10_000;

const isEachOnce = (codes: readonly string[]) => new Set(codes).size === codes.length;

/**
 * The OIT of one round as data: which items an office has to publish on its web site, and how they make a score. Nobody
 * is asked anything, so it has neither scales nor fields, and never a channel. Its words are in
 * locales/<lang>/instruments/oit/<id>.json, keyed by the codes used here.
 */
export const oitInstrumentSchema = z
  .strictObject({
    id: z.string().check(z.regex(/^oit-\d{4}$/)),
    source: z.string(),
    /** Share of the tool in the whole ITA score. */
    weight: weightSchema,
    indicators: z.array(indicatorSchema).check(z.minLength(1)),
  })
  .check(
    z.refine(
      ({ indicators }) =>
        makeWhole(indicators.map(({ weight }) => weight)) &&
        indicators.every(({ subIndicators }) =>
          makeWhole(subIndicators.map(({ weight }) => weight)),
        ),
      { error: 'some weights do not make up a whole' },
    ),
    z.refine(
      ({ indicators }) => {
        const parts = indicators.flatMap(({ subIndicators }) => subIndicators);
        return (
          isEachOnce(parts.map(({ code }) => code)) &&
          isEachOnce(parts.flatMap(({ items }) => items))
        );
      },
      { error: 'a code is used twice' },
    ),
  );

export type OitInstrument = z.infer<typeof oitInstrumentSchema>;
export type SubIndicator = OitInstrument['indicators'][number]['subIndicators'][number];

/** The codes of its items, in their order. */
export const itemCodesOf = ({ indicators }: OitInstrument): string[] =>
  indicators.flatMap(({ subIndicators }) => subIndicators.flatMap(({ items }) => items));

const yearOf = ({ id }: OitInstrument) => Number(id.slice(-4));

/**
 * The one that an assessment of the fiscal year (Buddhist era) begins with: the latest that is not of a later year, or the
 * oldest there is. Throws where there is none at all.
 */
export function oitInstrumentFor(
  fiscalYear: number,
  known: Iterable<OitInstrument>,
): OitInstrument {
  const oldestFirst = [...known].sort((a, b) => yearOf(a) - yearOf(b));
  const fitting = oldestFirst.filter((instrument) => yearOf(instrument) <= fiscalYear);
  const chosen = fitting[fitting.length - 1] ?? oldestFirst[0];
  if (!chosen) throw new Error('this build knows no OIT instrument');
  return chosen;
}
