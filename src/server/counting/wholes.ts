import type { Assessment } from '#core/contract/assessment.ts';
import type { Scores } from '#core/contract/scores.ts';
import type { CountMarker } from './count-responses.ts';

/** Scores as they were judged last: figures and verdicts of one moment. */
export interface Whole {
  scores: Scores;
  /** Of all that decides on them besides the responses. */
  settings: string;
  /** Of the responses that are in it. */
  markers: readonly CountMarker[];
  /** So few kinds of people are in it that nobody is shown an old one. */
  isQuick: boolean;
  /** The latest moment when nothing was stored that is not in it: milliseconds since 1970. */
  asOf: number;
  /** By the process's clock: until then no other is made behind it. */
  restUntil: number;
  /** The one that is made behind it. */
  next: Promise<unknown> | null;
}

/** Of so many assessments the last whole is remembered, of each some hundred kilobytes. */
export const MOST_WHOLES = 100;

/**
 * Whether these are counts that nothing but new responses has come to: not where all was counted anew, by another build as well,
 * and not where there are fewer.
 */
export const isContinued = (before: readonly CountMarker[], now: readonly CountMarker[]): boolean =>
  before.every((old) =>
    now.some(
      ({ instrument, n, count }) =>
        instrument === old.instrument && count === old.count && n >= old.n,
    ),
  );

export const peopleIn = (markers: readonly Pick<CountMarker, 'n'>[]): number =>
  markers.reduce((sum, { n }) => sum + n, 0);

/** The last whole of each assessment, in the memory of this process alone: beside newer tallies it would tell what came since. */
export function createWholes() {
  const wholes = new Map<Assessment['id'], Whole>();
  return {
    /** Null also where the last one is of other settings: it is shown to nobody. */
    find(assessment: Assessment['id'], settings: string): Whole | null {
      const known = wholes.get(assessment);
      return known?.settings === settings ? known : null;
    },
    keep(assessment: Assessment['id'], whole: Whole): void {
      wholes.set(assessment, whole);
      if (wholes.size <= MOST_WHOLES) return;
      // Of the fewest people, which is soonest made again: a roll-up goes through thousands of small ones.
      const others = [...wholes]
        .filter(([id]) => id !== assessment)
        .map(([id, { markers }]) => ({ id, people: peopleIn(markers) }));
      const [least] = others.toSorted((a, b) => a.people - b.people);
      if (least) wholes.delete(least.id);
    },
  };
}
