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

/** Both are of one instrument. */
function combine(one: Tally, other: Tally, times: 1 | -1): Tally {
  return {
    n: one.n + times * other.n,
    items: Object.fromEntries(
      Object.entries(one.items).map(([code, counts]) => [
        code,
        counts.map((count, index) => count + times * (other.items[code]?.[index] ?? 0)),
      ]),
    ),
  };
}

/** The tally of two groups together; nobody is in both. */
export const sumOfTallies = (one: Tally, other: Tally): Tally => combine(one, other, 1);

/** The tally of those who are not in the part. */
export const withoutTally = (whole: Tally, part: Tally): Tally => combine(whole, part, -1);

/** Counts one response after the other, each of which checkResponse has found to be in order. */
export function createTally(instrument: Instrument): {
  add(response: Response): void;
  readonly tally: Tally;
} {
  const tally = openTally(instrument);
  const countsByItem = Object.entries(tally.items);
  return {
    add({ answers }) {
      tally.n += 1;
      for (const [code, counts] of countsByItem) {
        const option = answers[code];
        if (option !== undefined) counts[option - 1] = (counts[option - 1] ?? 0) + 1;
      }
    },
    tally,
  };
}
