import type { Dice } from '../../chaos/dice.ts';

/** Of the people of a working day, from eight in the morning, how many come in which hour: the counters' rush is before noon. */
const PEOPLE_BY_HOUR = [5, 13, 18, 16, 6, 12, 14, 11, 5] as const;

/** How arrivals are spread over a phase. `day`: as over a working day; `even`: as many in each second. */
export type Curve = 'day' | 'even';

const SHARES: Readonly<Record<Curve, readonly number[]>> = { day: PEOPLE_BY_HOUR, even: [1] };

/**
 * The milliseconds from its beginning at which so many people come in a phase, in order: by chance, and independent of each other
 * and of how quickly anybody is answered.
 */
export function arrivalsIn(
  { responses, seconds, curve }: { responses: number; seconds: number; curve: Curve },
  dice: Dice,
): Float64Array {
  const shares = SHARES[curve];
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const partMs = (seconds * 1000) / shares.length;
  const moments = Float64Array.from({ length: responses }, () => {
    let [part, left] = [0, dice.random() * whole];
    for (; left >= (shares[part] ?? whole); part += 1) left -= shares[part] ?? 0;
    return (part + dice.random()) * partMs;
  });
  return moments.sort();
}
