import type { Place } from '../places.ts';

/** A response that is stored and in no tally yet; the row is gone as soon as it is. */
interface UnfoldedTable extends Place {
  id: string;
}

/** How far an instrument of an assessment is counted. */
interface TallyStateTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  /** Names how the build counts that has counted. */
  basis: string;
  /** The channel and id up to which a recount has come, in their order; null: all is counted. */
  counted_to: string | null;
  /** How many could not be read. */
  unreadable: number;
  /** A random name; another with each count from the beginning. */
  count: string;
}

/** What those answered who have one thing in common. @see core/scoring/counts.ts */
interface TallyTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  dimension: string;
  value: string;
  n: number;
  /** By item how many chose each option, as JSON. */
  items: string;
}

/** How many people said the same of themselves. */
interface CombinationTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  /** @see core/scoring/combinations.ts */
  combination: string;
  n: number;
}

/** How many responses of a channel were received on a day. */
interface DayCountTable {
  organization_id: string;
  assessment_id: string;
  channel: string;
  /** ISO, in Thailand. */
  day: string;
  n: number;
}

/** What the figures are made of. */
export interface CountingTables {
  unfolded: UnfoldedTable;
  tally_states: TallyStateTable;
  tallies: TallyTable;
  combinations: CombinationTable;
  day_counts: DayCountTable;
}
