import type { DisplayFlag } from '#core/display/display-flag.ts';
import type { Place } from './places.ts';
import type {
  CountedResponses,
  DayCount,
  NamedTally,
  PackedCombinations,
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

/** How far an instrument of an assessment is counted, as of one moment. */
export interface CountedSoFar {
  instrument: string;
  /** Where its responses lie, and the codes of its channels. */
  place: Place;
  channels: readonly string[];
  /** uncounted: there are no tallies, so all its responses wait. */
  state: TallyState | 'uncounted';
  /** Names the count that the tallies are of; empty where there is none. */
  count: string;
  /** How many responses there are, counted or not. */
  stored: number;
  /** How many of them are in no tally. */
  waiting: number;
}

/** All that is stored of an instrument, counted, as of one moment. */
export interface StoredCounts {
  instrument: string;
  tallies: readonly NamedTally[];
  days: readonly DayCount[];
  /** How many stored responses cannot be read, and are in nothing of this. */
  unreadable: number;
  /** Null where they were not asked for, or are more than was asked for. */
  combinations: PackedCombinations | null;
}

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
  /** How far the instruments of several assessments are counted that ever were. `n`: how many people are in the tallies. */
  readTallyMarkers(
    assessments: readonly string[],
    counting: Pick<Counting, 'basisOf'>,
  ): Promise<{ assessment: string; instrument: string; state: TallyState; n: number }[]>;
  /** How many stored responses cannot be read, of all assessments. */
  countUnreadable(): Promise<number>;
  /**
   * As long as `count` and `stored` of an instrument are the same, so is all that readCounts() says of it. Of those that have channels, in
   * the order of their ids. Where more than `most` wait it says so of some number above that.
   */
  readSoFar(
    assessment: string,
    counting: Pick<Counting, 'basisOf'>,
    most: number,
  ): Promise<CountedSoFar[]>;
  /**
   * The tallies and what waits beside them. Null where more than `most` wait, and where they are not counted as far any more as they were:
   * whole, or not at all. `kinds`: so many combinations at the most are read, or none.
   */
  readCounts(
    assessment: string,
    soFar: readonly CountedSoFar[],
    counting: Counting,
    limits: { most: number; kinds: number },
  ): Promise<StoredCounts[] | null>;
}
