import type { Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { type Combination, createCombinations } from '#core/scoring/combinations.ts';
import { sumTallies, type Tally } from '#core/scoring/tally.ts';

/** The responses, counted one after the other. */
export function combinationsOf(
  instrument: Instrument,
  responses: readonly Response[],
): Combination[] {
  const counting = createCombinations(instrument);
  for (const response of responses) counting.add(response);
  return counting.combinations();
}

/** The tally of all the responses. */
export function tallyOf(instrument: Instrument, responses: readonly Response[]): Tally {
  const tallies = combinationsOf(instrument, responses).map(({ tally }) => tally);
  return sumTallies(instrument, tallies);
}
