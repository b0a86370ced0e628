import type { DisplayFlag } from '#core/display/display-flag.ts';
import type {
  CountedResponses,
  PackedCombinations,
  selectTallies,
  TalliedInstrument,
} from './tally-rows.ts';

/** A stored response, with what it is counted by. */
export interface ResponseToCount extends TalliedInstrument {
  id: string;
  channel: string;
  /** ISO, in Thailand. */
  day: string;
  body: string;
  display: DisplayFlag | null;
}

/** How this build counts. */
export interface Counting {
  /** By instrument, of all that this build knows. */
  bases: ReadonlyMap<string, string>;
  /** Names what is counted of an instrument, and how; null for one that it does not know. */
  basisOf(instrument: string): string | null;
  /** A response whose body cannot be read is counted as that alone. */
  begin(): { add(response: Omit<ResponseToCount, 'id'>): void; counted(): CountedResponses };
}

/** counting: not all of its responses are counted yet; the tallies of the others are there. foreign: a build has counted that counts otherwise. */
export type TallyState = 'counted' | 'counting' | 'foreign';

/** What is counted of an instrument, as of one moment. */
export type StoredTallies = Awaited<ReturnType<typeof selectTallies>> & {
  instrument: string;
  state: TallyState;
  /** How many stored responses cannot be read, and are in nothing of this. */
  unreadable: number;
};

/** All that scores are made of, as of one moment: with the combinations, of which there are as many as people at the most. */
export type StoredCounts = Pick<StoredTallies, 'instrument' | 'state' | 'tallies'> & {
  combinations: PackedCombinations;
};

/** What was counted of an instrument without keeping it, as of one moment. */
export type FirstCounts = StoredTallies & StoredCounts;

/** What a count of all responses says of the tallies. uncounted: there are none yet, or not all. */
export type TallyCheck = 'right' | 'wrong' | 'uncounted';

/** Part of Storage: the tallies that the figures are made of, and what is not in them yet. */
export interface TallyStorage {
  /**
   * Adds at most so many of the responses that are in no tally yet, each exactly once whoever else does the same; tells how many were
   * taken. What belongs to an instrument that is not counted yet is left to recount(), what another build counts to that one.
   * `assessment`: no others than those that lie where its own do.
   */
  foldResponses(limit: number, counting: Counting, assessment?: string): Promise<number>;
  /** Counts up to so many more responses of an instrument that is not counted yet; tells whether none is left. */
  recount(
    assessment: string,
    instrument: string,
    limit: number,
    counting: Counting,
  ): Promise<boolean>;
  /** Counts all responses of an instrument, as of one moment, and compares; `tell` hears how many were counted so far. */
  checkTallies(
    assessment: string,
    instrument: string,
    counting: Counting,
    tell?: (counted: number) => void,
  ): Promise<TallyCheck>;
  /**
   * The counted instruments with responses that are in no tally and do not wait for one: a process of a version before there were
   * tallies stored them.
   */
  findMissed(
    counting: Pick<Counting, 'basisOf'>,
  ): Promise<{ assessment: string; instrument: string }[]>;
  /** Forgets the tallies of an instrument, so that recount() begins anew. */
  forgetTallies(assessment: string, instrument: string): Promise<void>;
  /**
   * As long as nothing of that changes, nothing of the tallies does. `n`: how many are counted; `count`: names the count that they are of;
   * `isWaiting`: there are responses that foldResponses() may find for the assessment.
   */
  readTallyMarkers(
    assessments: readonly string[],
    counting: Pick<Counting, 'basisOf'>,
  ): Promise<
    {
      assessment: string;
      instrument: string;
      state: TallyState;
      n: number;
      unreadable: number;
      count: string;
      isWaiting: boolean;
    }[]
  >;
  /** How many stored responses cannot be read, of all assessments. */
  countUnreadable(): Promise<number>;
  /** Of those of the instruments that were ever counted. */
  readTallies(assessment: string, counting: Pick<Counting, 'basisOf'>): Promise<StoredTallies[]>;
  /**
   * Counts the responses of an assessment of which nothing was ever counted, and keeps nothing of it. Null where something was, and
   * where there are more than `most`.
   */
  countFew(assessment: string, most: number, counting: Counting): Promise<FirstCounts[] | null>;
  /** Null where there are more combinations than `most`, of all instruments: those are read where nobody waits for it, by selectCounts(). */
  readFewCounts(
    assessment: string,
    counting: Pick<Counting, 'basisOf'>,
    most: number,
  ): Promise<StoredCounts[] | null>;
}
