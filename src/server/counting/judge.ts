import type { Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { createCombinationReader } from './combination-reader.ts';
import type { InstrumentCounts } from './instrument-counts.ts';

/** What may be told of an assessment? In words that another thread can be given. */
export interface Question {
  /** The assessment's id. */
  assessment: string;
  instruments: readonly Instrument[];
  /** The numbers of all of the assessment's, the retired ones too. */
  departments: readonly number[];
  /** People that a group has at least to be shown. */
  threshold: number;
}

export type Judge = (
  question: Omit<Question, 'instruments'>,
  counts: readonly InstrumentCounts[],
) => Scores;

/** Judges one question after the other. What combinations say is remembered of so many instruments of assessments. */
export function createJudge(mostRemembered: number): Judge {
  const readers = new Map<string, ReturnType<typeof createCombinationReader>>();
  return function judge({ assessment, departments, threshold }, counts) {
    const counted = counts.map(({ instrument, tallies, combinations }) => {
      const name = `${assessment} ${instrument.id}`;
      const read = readers.get(name) ?? createCombinationReader(instrument);
      readers.delete(name);
      readers.set(name, read);
      const [oldest] = readers.keys();
      if (readers.size > mostRemembered && oldest !== undefined) readers.delete(oldest);
      return { instrument, counts: { tallies, combinations: read(combinations) } };
    });
    return scoresOf(counted, departments, threshold);
  };
}
