import type { Response } from '../contract/response.ts';
import type { Instrument } from '../instruments/instrument.ts';

/** What is counted over a group of responses to one instrument, and all that scoring needs. */
export interface Tally {
  readonly n: number;
  /** By item code: how many chose each option, option 1 first. */
  readonly items: Readonly<Record<string, readonly number[]>>;
}

/** A tally while it is being counted. */
interface OpenTally {
  n: number;
  items: Record<string, number[]>;
}

function openTally(instrument: Instrument): OpenTally {
  return {
    n: 0,
    items: Object.fromEntries(
      instrument.items.map(({ code, scale }) => {
        const options = instrument.scales[scale]?.points.length ?? 0;
        return [code, Array.from({ length: options }, () => 0)];
      }),
    ),
  };
}

/** The tally of nobody. */
export const emptyTally = (instrument: Instrument): Tally => openTally(instrument);

function plus(sum: OpenTally, tally: Tally): void {
  sum.n += tally.n;
  for (const [code, counts] of Object.entries(sum.items))
    for (const [index, count] of (tally.items[code] ?? []).entries())
      counts[index] = (counts[index] ?? 0) + count;
}

/** The tally of all these groups together; they are of one instrument and nobody is in two. */
export function sumTallies(instrument: Instrument, tallies: readonly Tally[]): Tally {
  const sum = openTally(instrument);
  for (const tally of tallies) plus(sum, tally);
  return sum;
}

/** Counts one response after the other, each of which checkResponse has found to be in order. */
export function createTally(instrument: Instrument): {
  add(response: Response): void;
  readonly tally: Tally;
} {
  const tally = openTally(instrument);
  return {
    add({ answers }) {
      tally.n += 1;
      for (const [code, counts] of Object.entries(tally.items)) {
        const option = answers[code];
        if (option !== undefined) counts[option - 1] = (counts[option - 1] ?? 0) + 1;
      }
    },
    tally,
  };
}
