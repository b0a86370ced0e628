import type { Scores } from '#core/contract/scores.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { createCombinationReader } from './combination-reader.ts';
import type { InstrumentCounts } from './count-responses.ts';

/** What may be told of these counts? In words that another thread can be given. */
export interface Question {
  /** The assessment's id. */
  assessment: string;
  counts: readonly InstrumentCounts[];
  /** The numbers of all of the assessment's, the retired ones too. */
  departments: readonly number[];
  /** People that a group has at least to be shown. */
  threshold: number;
}

/** Judges one question after the other. What combinations say is remembered of so many instruments of assessments. */
export function createJudge(mostRemembered: number): (question: Question) => Scores {
  const readers = new Map<string, ReturnType<typeof createCombinationReader>>();
  return function judge({ assessment, counts, departments, threshold }) {
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
