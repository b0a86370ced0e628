import type { Instrument } from '#core/instruments/instrument.ts';
import { type Combination, readCombination } from '#core/scoring/combinations.ts';
import type { PackedCombinations } from '../storage/tally-rows.ts';

interface Known {
  readonly combination: Combination;
  /** Its place in the order of the texts. */
  place: number;
}

/** What is packed, one by one. */
export const rowsOf = ({ texts }: PackedCombinations): { combination: string; n: number }[] =>
  texts.flatMap((text) =>
    text.split('\n').map((line) => {
      const space = line.indexOf(' ');
      return { combination: line.slice(space + 1), n: Number(line.slice(0, space)) };
    }),
  );

/**
 * Reads what is stored of an instrument's combinations again and again, in the order of their texts, whatever order they come in. What a
 * text says is found out once: of many thousand combinations a few are new.
 */
export function createCombinationReader(instrument: Instrument) {
  const known = new Map<string, Known>();
  let texts: string[] = [];

  function learn(rows: readonly { combination: string }[]): void {
    const added: string[] = [];
    for (const { combination: text } of rows)
      if (!known.has(text)) {
        known.set(text, { combination: readCombination(instrument, text, 0), place: 0 });
        added.push(text);
      }
    if (added.length === 0) return;
    // Nearly all of them are in order, which sorting makes use of.
    texts = [...texts, ...added].sort((a, b) => (a < b ? -1 : 1));
    for (const [place, text] of texts.entries()) {
      const one = known.get(text);
      if (one) one.place = place;
    }
  }

  return function read(packed: PackedCombinations): Combination[] {
    const rows = rowsOf(packed);
    learn(rows);
    const inOrder = Array.from<Combination | undefined>({ length: texts.length });
    for (const { combination: text, n } of rows) {
      const one = known.get(text);
      if (!one) continue;
      const { said, language, marks } = one.combination;
      // A text is there twice where some who say the same wait beside the tallies.
      inOrder[one.place] = { said, language, marks, n: n + (inOrder[one.place]?.n ?? 0) };
    }
    // Where all was counted anew, some may be gone.
    return inOrder.filter((combination) => combination !== undefined);
  };
}
