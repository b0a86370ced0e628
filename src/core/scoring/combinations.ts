import type { Language } from '../contract/language.ts';
import type { QualityMark } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { type ArrivedResponse, marksOfResponse } from './quality-marks.ts';
import { createTally, type Tally } from './tally.ts';

/**
 * The people who said the same of themselves in the same language and whose responses bear the same marks, and what they
 * answered. Every group that is told of is made of whole combinations.
 */
export interface Combination {
  /** By field code; null = would rather not say. */
  readonly said: Readonly<Record<string, number | null>>;
  readonly language: Language;
  readonly marks: readonly QualityMark[];
  readonly tally: Tally;
}

/** Counts responses, which checkResponse has found to be in order, into the combinations that occur. */
export function createCombinations(instrument: Instrument): {
  add(response: ArrivedResponse): void;
  /** In an order that does not depend on that of the responses. */
  combinations(): Combination[];
} {
  const found = new Map<
    string,
    Omit<Combination, 'tally'> & { counting: ReturnType<typeof createTally> }
  >();
  return {
    add(response) {
      const said = instrument.fields.map(({ code }): [string, number | null] => [
        code,
        response.respondent[code] ?? null,
      ]);
      const marks = marksOfResponse(instrument, response);
      const { language } = response;
      const key = JSON.stringify([said.map(([, option]) => option), language, marks]);
      let combination = found.get(key);
      if (!combination) {
        combination = {
          said: Object.fromEntries(said),
          language,
          marks,
          counting: createTally(instrument),
        };
        found.set(key, combination);
      }
      combination.counting.add(response);
    },
    combinations() {
      return [...found]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { counting, ...known }]) => ({ ...known, tally: counting.tally }));
    },
  };
}
