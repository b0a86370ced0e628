import type { Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { type Counts, createCounts, OFFICE, talliesIn } from '#core/scoring/counts.ts';
import type { Tally } from '#core/scoring/tally.ts';

/** The responses, counted one after the other. */
export function countsOf(instrument: Instrument, responses: readonly Response[]): Counts {
  const counting = createCounts(instrument);
  for (const response of responses) counting.add(response);
  return counting.counts();
}

/** The tally of all the responses. */
export const tallyOf = (instrument: Instrument, responses: readonly Response[]): Tally =>
  talliesIn(instrument, countsOf(instrument, responses)).of(OFFICE);
