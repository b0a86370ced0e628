import type { Instrument } from '#core/instruments/instrument.ts';
import type { Counts } from '#core/scoring/counts.ts';
import type { StoredCounts, TallyState } from '../storage/counting.ts';
import type { PackedCombinations } from '../storage/tally-rows.ts';
import { CountingUnderway } from './counting-underway.ts';

/** Everything that scores are made of. */
export interface InstrumentCounts {
  instrument: Instrument;
  tallies: Counts['tallies'];
  combinations: PackedCombinations;
}

export const kindsIn = (counts: readonly InstrumentCounts[]): number =>
  counts.reduce((sum, { combinations }) => sum + combinations.kinds, 0);

/**
 * Each of the instruments with what is stored of it.
 *
 * @throws CountingUnderway where not all of it is counted
 */
export function withStored<Stored extends { instrument: string; state: TallyState }, Empty>(
  instruments: readonly Instrument[],
  stored: readonly Stored[],
  empty: Empty,
): [Instrument, Stored | Empty][] {
  if (stored.some(({ state }) => state !== 'counted')) throw new CountingUnderway();
  return instruments.map((instrument) => [
    instrument,
    stored.find((one) => one.instrument === instrument.id) ?? empty,
  ]);
}

const NOBODY: Pick<StoredCounts, 'tallies' | 'combinations'> = {
  tallies: [],
  combinations: { kinds: 0, texts: [] },
};

/** @throws CountingUnderway where not all of it is counted */
export const countsOf = (
  instruments: readonly Instrument[],
  stored: readonly StoredCounts[],
): InstrumentCounts[] =>
  withStored(instruments, stored, NOBODY).map(([instrument, { tallies, combinations }]) => ({
    instrument,
    tallies,
    combinations,
  }));
