import { quotient, solveFor, type Row } from './plain-modular.ts';

/** So many of the solved rows are looked at together. */
const TOGETHER = 2;

/** The rows solved for some people of whom each is in one row alone, and for how many of them others had to stand in. */
interface SolvedSet {
  readonly rows: readonly Row[];
  readonly lacking: number;
}

/**
 * Solves the rows for one set of people after the other. Nobody is in two sets; a set that the people left over cannot
 * fill is completed with some of the others. Ends when nobody is left over.
 */
function* solvedSets(rows: readonly Row[], sizes: readonly number[]): Generator<SolvedSet> {
  const left = [...sizes];
  const kinds = sizes.map((_, kind) => kind);
  let solved: readonly Row[] = rows;
  for (;;) {
    const free = kinds.filter((kind) => (left[kind] ?? 0) > 0);
    if (free.length === 0) return;
    const own = solveFor(solved, free);
    for (const kind of own.places) left[kind] = (left[kind] ?? 0) - 1;
    const lacking = rows.length - own.places.length;
    const whole = lacking === 0 ? own : solveFor(own.rows, [...own.places, ...kinds]);
    solved = whole.rows;
    yield { rows: solved, lacking };
  }
}

/** Whether the row is about fewer people than the threshold. */
function isAboutFew(row: Row, sizes: readonly number[], threshold: number): boolean {
  let people = 0;
  for (let kind = 0; kind < sizes.length && people < threshold; kind += 1)
    if (row[kind] !== 0) people += sizes[kind] ?? 0;
  return people < threshold;
}

/**
 * Whether a sum of multiples of the two rows is about fewer people than the threshold. What it takes for somebody to drop
 * out is a quotient of the multiples; those with another one stay.
 */
function canLeaveFew(a: Row, b: Row, sizes: readonly number[], threshold: number): boolean {
  const droppingOut = new Map<number, number>();
  let [people, most] = [0, 0];
  for (let kind = 0; kind < sizes.length; kind += 1) {
    const [inA, inB] = [a[kind] ?? 0, b[kind] ?? 0];
    if (inA === 0 && inB === 0) continue;
    people += sizes[kind] ?? 0;
    if (inA !== 0 && inB !== 0) {
      const ratio = quotient(inA, inB);
      const same = (droppingOut.get(ratio) ?? 0) + (sizes[kind] ?? 0);
      droppingOut.set(ratio, same);
      most = Math.max(most, same);
    }
    if (people - most >= threshold) return false;
  }
  return true;
}

/**
 * Looks for sums of multiples of the rows that are about fewer people than the threshold, and gives the one or two rows
 * that each is made of. At the end, `isSettled` says whether that were all.
 *
 * Of what is a sum of more than two rows of a set at least three people of that set stay, for each of whom one of the rows
 * was solved; less those whom others stood in for. The sets have nobody in common, so their people add up: where they make
 * up the threshold, nothing about fewer people is left to be found.
 */
export function* suspects(
  rows: readonly Row[],
  sizes: readonly number[],
  threshold: number,
): Generator<Row[], { isSettled: boolean }> {
  const people = sizes.reduce((sum, size) => sum + size, 0);
  const isHopeless = people * (TOGETHER + 1) < threshold * rows.length;
  let sure = 0;
  for (const set of solvedSets(rows, sizes)) {
    for (const [place, row] of set.rows.entries()) {
      if (isAboutFew(row, sizes, threshold)) yield [row];
      for (const other of set.rows.slice(place + 1))
        if (canLeaveFew(row, other, sizes, threshold)) yield [row, other];
    }
    sure += Math.max(0, TOGETHER + 1 - set.lacking);
    if (sure >= threshold) return { isSettled: true };
    if (isHopeless) break;
  }
  return { isSettled: false };
}
