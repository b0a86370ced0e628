import * as z from 'zod/mini';
import type { Language } from '../contract/language.ts';
import { languageSchema } from '../contract/language-schema.ts';
import { QUALITY_MARKS, type QualityMark } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';

/**
 * The people who said the same of themselves in the same language and whose responses bear the same marks. Every group that is
 * told of is made of whole combinations.
 */
export interface Combination {
  /** By field code; null = would rather not say. */
  readonly said: Readonly<Record<string, number | null>>;
  readonly language: Language;
  readonly marks: readonly QualityMark[];
  /** How many people. */
  readonly n: number;
}

const textSchema = z.tuple([
  z.array(z.nullable(z.int())),
  languageSchema,
  z.array(z.enum(QUALITY_MARKS)),
]);

/** What a combination is told apart by, as text. `said`: in the order of the instrument's fields. */
export const combinationText = ({
  said,
  language,
  marks,
}: {
  said: readonly (number | null)[];
  language: Language;
  marks: readonly QualityMark[];
}): string => JSON.stringify([said, language, marks]);

/** The combination of that text. @throws ZodError or SyntaxError where combinationText has not made it */
export function readCombination(instrument: Instrument, text: string, n: number): Combination {
  const [said, language, marks] = textSchema.parse(JSON.parse(text));
  return {
    said: Object.fromEntries(
      instrument.fields.map(({ code }, place) => [code, said[place] ?? null]),
    ),
    language,
    marks,
    n,
  };
}
