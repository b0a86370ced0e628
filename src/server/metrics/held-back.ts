import { dayInBangkok } from '../day.ts';

/** So many are told at once, at the least; fewer only with their day, which the database tells of each response anyway. */
const CROWD = 100;

/**
 * Figures about people who are not signed in. A counter that is read every few seconds is a list of moments; so these are told
 * as they were when a crowd had gathered since the last time, and otherwise when the day in Thailand is over.
 */
export interface HeldBack<Counts> {
  /** Counts one person's doing: `count` changes the figures. */
  note(count: (counts: Counts) => void): void;
  /** Counts what else comes of it, and nobody anew. */
  noteBeside(count: (counts: Counts) => void): void;
  /** To be called once a minute: lets go what may be told. */
  look(): void;
  /** The figures as they may be told. */
  told(): Counts;
}

/** Begins with figures of nobody, which are told. `now`: milliseconds since 1970. */
export function holdBack<Counts>(counts: Counts, now: () => number): HeldBack<Counts> {
  let told = structuredClone(counts);
  let gathered = 0;
  let day = dayInBangkok(now());

  function tell(today: string) {
    told = structuredClone(counts);
    gathered = 0;
    day = today;
  }

  /** Before the first of a new day is counted: with the day that is over, whoever came after it would be told alone. */
  function endDay() {
    const today = dayInBangkok(now());
    if (today !== day) tell(today);
  }

  return {
    note(count) {
      endDay();
      count(counts);
      gathered += 1;
    },
    noteBeside(count) {
      endDay();
      count(counts);
    },
    look() {
      endDay();
      if (gathered >= CROWD) tell(day);
    },
    told: () => told,
  };
}
