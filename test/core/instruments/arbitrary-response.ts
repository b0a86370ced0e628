import * as fc from 'fast-check';
import { LANGUAGES } from '#core/contract/language.ts';
import type { Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';

export const DEPARTMENTS = 11;

const optionOf = (count: number) => fc.integer({ min: 1, max: count });

/** Any response that is in order. */
export function arbitraryResponse(instrument: Instrument): fc.Arbitrary<Response> {
  const answers = instrument.items.map(({ code, scale }): [string, fc.Arbitrary<number>] => [
    code,
    optionOf(instrument.scales[scale]?.points.length ?? 0),
  ]);
  const respondent = instrument.fields.map((field): [string, fc.Arbitrary<number | null>] => {
    const said = optionOf(field.options === 'departments' ? DEPARTMENTS : field.options);
    return [field.code, fc.option(said)];
  });
  return fc.record({
    instrument: fc.constant(instrument.id),
    language: fc.constantFrom(...LANGUAGES),
    answers: fc.record(Object.fromEntries(answers)),
    respondent: fc.record(Object.fromEntries(respondent)),
    day: fc.constant('2025-01-31'),
    quality: fc.constant([]),
  });
}
