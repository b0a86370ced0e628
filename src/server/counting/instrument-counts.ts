import type { Instrument } from '#core/instruments/instrument.ts';
import type { Counts } from '#core/scoring/counts.ts';
import type { StoredCounts } from '../storage/counting.ts';
import type { PackedCombinations } from '../storage/tally-rows.ts';

/** Everything that scores are made of. */
export interface InstrumentCounts {
  instrument: Instrument;
  tallies: Counts['tallies'];
  combinations: PackedCombinations;
}

export const kindsIn = (counts: readonly InstrumentCounts[]): number =>
  counts.reduce((sum, { combinations }) => sum + combinations.kinds, 0);

const NOBODY: PackedCombinations = { kinds: 0, texts: [] };

/** Each of the instruments with what is stored of it; null where there are too many combinations to have been read. */
export function countsOf(
  instruments: readonly Instrument[],
  stored: readonly StoredCounts[],
): InstrumentCounts[] | null {
  if (stored.some(({ combinations }) => combinations === null)) return null;
  return instruments.map((instrument) => {
    const own = stored.find((one) => one.instrument === instrument.id);
    return {
      instrument,
      tallies: own?.tallies ?? [],
      combinations: own?.combinations ?? NOBODY,
    };
  });
}
