import type { Language } from '../contract/language.ts';
import type { QualityMark } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { type Combination, combinationText, readCombination } from './combinations.ts';
import { type ArrivedResponse, isDoubt, marksOf, responseMarks } from './quality-marks.ts';
import { createTally, emptyTally, type Tally, withoutTally } from './tally.ts';

/** Some of the people who answered, by one thing they have in common. Of a respondent field, null = would rather not say. */
export type TallyKey =
  | { readonly of: 'office' }
  | { readonly of: 'field'; readonly field: string; readonly option: number | null }
  | { readonly of: 'language'; readonly language: Language }
  /** Those who bear the mark; `any`: one that makes one look twice. */
  | { readonly of: 'mark'; readonly mark: QualityMark | 'any' };

/** A key as two words, as it is stored. */
export interface TallyName {
  readonly dimension: string;
  readonly value: string;
}

export const OFFICE: TallyKey = { of: 'office' };

function nameOf(key: TallyKey): TallyName {
  if (key.of === 'office') return { dimension: 'office', value: '' };
  if (key.of === 'language') return { dimension: 'language', value: key.language };
  if (key.of === 'mark') return { dimension: 'mark', value: key.mark };
  return { dimension: `field ${key.field}`, value: String(key.option ?? '') };
}

const textOf = ({ dimension, value }: TallyName) => `${dimension} ${value}`;

/**
 * All that is told of an instrument's responses is made of these: how many said which things together, and what those answered who
 * have one thing in common. Nothing in it tells in which order they came.
 */
export interface Counts {
  /** In an order that does not depend on that of the responses. */
  readonly combinations: readonly Combination[];
  /** Those of nobody are left out. */
  readonly tallies: readonly (TallyName & { readonly tally: Tally })[];
}

/**
 * What makes the counts of this build others than those of an older one, as text: what is counted by an instrument, and how it is
 * called. Counts can be added to each other only where this is the same.
 */
export function countingBasis(instrument: Instrument): string {
  const { id, fields, items, scales } = instrument;
  return JSON.stringify([
    id,
    fields.map(({ code }) => code),
    items.map(({ code, scale }) => [code, scales[scale]?.points.length]),
    marksOf(instrument).map((mark) => [mark, isDoubt(mark)]),
  ]);
}

/** Counts responses, which checkResponse has found to be in order. */
export function createCounts(instrument: Instrument): {
  add(response: ArrivedResponse): void;
  counts(): Counts;
  tallies(): Counts['tallies'];
  /** The combinations as text, in the same order, and how many people there are of each. */
  combinationTexts(): { text: string; n: number }[];
} {
  const marksOfResponse = responseMarks(instrument);
  const people = new Map<string, number>();
  const found = new Map<string, TallyName & { counting: ReturnType<typeof createTally> }>();

  function count(key: TallyKey, response: ArrivedResponse): void {
    const name = nameOf(key);
    const text = textOf(name);
    let known = found.get(text);
    if (!known) {
      known = { ...name, counting: createTally(instrument) };
      found.set(text, known);
    }
    known.counting.add(response);
  }

  const combinationTexts = () =>
    [...people].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, n]) => ({ text, n }));

  const tallies = () =>
    [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { dimension, value, counting }]) => ({ dimension, value, tally: counting.tally }));

  return {
    add(response) {
      const { language } = response;
      const marks = marksOfResponse(response);
      const said = instrument.fields.map(({ code }) => response.respondent[code] ?? null);
      const combination = combinationText({ said, language, marks });
      people.set(combination, (people.get(combination) ?? 0) + 1);
      count(OFFICE, response);
      for (const [place, { code: field }] of instrument.fields.entries())
        count({ of: 'field', field, option: said[place] ?? null }, response);
      count({ of: 'language', language }, response);
      for (const mark of marks) count({ of: 'mark', mark }, response);
      if (marks.some(isDoubt)) count({ of: 'mark', mark: 'any' }, response);
    },
    counts: () => ({
      combinations: combinationTexts().map(({ text, n }) => readCombination(instrument, text, n)),
      tallies: tallies(),
    }),
    tallies,
    combinationTexts,
  };
}

/** Looks tallies up in counts. */
export function talliesIn(
  instrument: Instrument,
  { tallies }: Pick<Counts, 'tallies'>,
): {
  of(key: TallyKey): Tally;
  /** Of all others. */
  without(key: TallyKey): Tally;
} {
  const known = new Map(tallies.map(({ tally, ...name }) => [textOf(name), tally]));
  const of = (key: TallyKey) => known.get(textOf(nameOf(key))) ?? emptyTally(instrument);
  return { of, without: (key) => withoutTally(of(OFFICE), of(key)) };
}
