import type { ChecklistWeights } from '#core/contract/oit.ts';
import type { OitInstrument, SubIndicator } from '#core/instruments/oit/oit-instrument.ts';
import { readFigure } from '#core/scoring/read-figures.ts';
import { weightOf } from '#core/scoring/oit.ts';

// Weights as they are typed: per cent with up to two decimals, by the code of the sub-indicator.

export type WeightsForm = Readonly<Record<string, string>>;

/** What is wrong: one weight that cannot be read (`field` is its code), or an indicator's that are no whole (`sum`). */
export type WeightProblem =
  | { code: 'weight-invalid'; field: string }
  | { code: 'no-whole'; indicator: number; sum: string };

export type ReadWeights =
  | { state: 'valid'; weights: ChecklistWeights }
  | { state: 'invalid'; problems: WeightProblem[] };

const isAssumed = ({ basis }: SubIndicator) => basis === 'assumption';

/** Hundredths of a per cent, which are whole numbers. */
const partsOf = (weight: string) => Math.round(Number(weight) * 10_000);

const percentOf = (parts: number) => String(parts / 100);

const weightOfParts = (parts: number) =>
  parts === 10_000 ? '1' : (parts / 10_000).toFixed(4).replace(/\.?0+$/, '');

/** A weight such as "0.2125" in per cent: "21.25". */
export const percentText = (weight: string): string => percentOf(partsOf(weight));

/** The assumed weights of the instrument, or what the assessment set in their place. */
export function weightsFormOf({ indicators }: OitInstrument, own: ChecklistWeights): WeightsForm {
  const assumed = indicators.flatMap(({ subIndicators }) => subIndicators.filter(isAssumed));
  return Object.fromEntries(assumed.map((part) => [part.code, percentText(weightOf(part, own))]));
}

/** Hundredths of a per cent of what was typed; null if that is no per cent. */
function readParts(typed: string): number | null {
  const figure = readFigure(typed);
  return figure === null ? null : Math.round(Number(figure) * 100);
}

/** What the weights of an indicator come to in per cent; null while one of them cannot be read. */
export function sumOfIndicator(
  { subIndicators }: OitInstrument['indicators'][number],
  form: WeightsForm,
): string | null {
  const parts = subIndicators.map((part) =>
    isAssumed(part) ? readParts(form[part.code] ?? '') : partsOf(part.weight),
  );
  const known = parts.filter((one) => one !== null);
  return known.length === parts.length ? percentOf(known.reduce((sum, one) => sum + one, 0)) : null;
}

/** The form as the server takes it, or all that is wrong with it. What is as the instrument assumes is left out. */
export function readWeights(instrument: OitInstrument, form: WeightsForm): ReadWeights {
  const problems = instrument.indicators.flatMap((indicator): WeightProblem[] => {
    const wrong = indicator.subIndicators
      .filter((part) => isAssumed(part) && readParts(form[part.code] ?? '') === null)
      .map(({ code }): WeightProblem => ({ code: 'weight-invalid', field: code }));
    const sum = sumOfIndicator(indicator, form);
    return sum === null || sum === '100'
      ? wrong
      : [{ code: 'no-whole', indicator: indicator.indicator, sum }];
  });
  if (problems.length > 0) return { state: 'invalid', problems };
  const assumed = instrument.indicators.flatMap(({ subIndicators }) =>
    subIndicators.filter(isAssumed),
  );
  return {
    state: 'valid',
    weights: Object.fromEntries(
      assumed
        .map(({ code, weight }) => ({ code, weight, parts: readParts(form[code] ?? '') ?? 0 }))
        .filter(({ weight, parts }) => parts !== partsOf(weight))
        .map(({ code, parts }) => [code, weightOfParts(parts)]),
    ),
  };
}
