import type { Kinds } from './kinds.ts';
import { quotient } from './modular.ts';
import { KindsIn, solveSums, type Sum, timesIn } from './sums.ts';

/** So many of the solved sums are looked at together. */
const TOGETHER = 2;

/** The sums solved for some people of whom each is in one sum alone, and for how many of them others had to stand in. */
interface SolvedSet {
  readonly sums: readonly Sum[];
  readonly lacking: number;
}

function* everyKind({ sizes }: Kinds): Generator<number> {
  for (let kind = 0; kind < sizes.length; kind += 1) yield kind;
}

function* kindsLeft(left: Float64Array): Generator<number> {
  for (let kind = 0; kind < left.length; kind += 1) if ((left[kind] ?? 0) > 0) yield kind;
}

function* inTurn(...parts: readonly Iterable<number>[]): Generator<number> {
  for (const part of parts) yield* part;
}

/**
 * Solves the sums for one set of people after the other. Nobody is in two sets; a set that the people left over cannot
 * fill is completed with some of the others. Ends when nobody is left over.
 */
function* solvedSets(sums: readonly Sum[], kinds: Kinds): Generator<SolvedSet> {
  const left = kinds.sizes.slice();
  let solved = sums;
  for (;;) {
    if (!left.some((people) => people > 0)) return;
    const own = solveSums(solved, kinds, kindsLeft(left));
    for (const kind of own.solvedFor) left[kind] = (left[kind] ?? 0) - 1;
    const lacking = sums.length - own.solvedFor.length;
    const whole =
      lacking === 0 ? own : solveSums(own.sums, kinds, inTurn(own.solvedFor, everyKind(kinds)));
    solved = whole.sums;
    yield { sums: solved, lacking };
  }
}

interface Solved {
  readonly sum: Sum;
  readonly kindsIn: KindsIn;
}

/** Whether the sum is about fewer people than the threshold. */
function isAboutFew({ kindsIn }: Solved, { sizes }: Kinds, threshold: number): boolean {
  let people = 0;
  for (let place = 0; people < threshold; place += 1) {
    const kind = kindsIn.at(place);
    if (kind === sizes.length) return true;
    people += sizes[kind] ?? 0;
  }
  return false;
}

/**
 * Whether a sum of multiples of the two is about fewer people than the threshold. What it takes for somebody to drop
 * out is a quotient of the multiples; those with another one stay.
 */
function canLeaveFew(a: Solved, b: Solved, kinds: Kinds, threshold: number): boolean {
  const droppingOut = new Map<number, number>();
  let [people, most] = [0, 0];
  let [placeInA, placeInB] = [0, 0];
  for (;;) {
    const [kindInA, kindInB] = [a.kindsIn.at(placeInA), b.kindsIn.at(placeInB)];
    const kind = Math.min(kindInA, kindInB);
    if (kind === kinds.sizes.length) return true;
    if (kindInA === kind) placeInA += 1;
    if (kindInB === kind) placeInB += 1;
    const size = kinds.sizes[kind] ?? 0;
    people += size;
    if (kindInA === kindInB) {
      const ratio = quotient(timesIn(a.sum, kinds, kind), timesIn(b.sum, kinds, kind));
      const same = (droppingOut.get(ratio) ?? 0) + size;
      droppingOut.set(ratio, same);
      most = Math.max(most, same);
    }
    if (people - most >= threshold) return false;
  }
}

/**
 * Looks for sums of multiples of the given ones that are about fewer people than the threshold, and gives the one or two
 * that each is made of. At the end, `isSettled` says whether that were all.
 *
 * Of what is a sum of more than two of a set at least three people of that set stay, for each of whom one of them
 * was solved; less those whom others stood in for. The sets have nobody in common, so their people add up: where they make
 * up the threshold, nothing about fewer people is left to be found.
 */
export function* suspects(
  sums: readonly Sum[],
  kinds: Kinds,
  threshold: number,
): Generator<Sum[], { isSettled: boolean }> {
  const people = kinds.sizes.reduce((sum, size) => sum + size, 0);
  const isHopeless = people * (TOGETHER + 1) < threshold * sums.length;
  let sure = 0;
  for (const set of solvedSets(sums, kinds)) {
    const solved = set.sums.map((sum) => ({ sum, kindsIn: new KindsIn(sum, kinds) }));
    for (const [place, one] of solved.entries()) {
      if (isAboutFew(one, kinds, threshold)) yield [one.sum];
      for (const other of solved.slice(place + 1))
        if (canLeaveFew(one, other, kinds, threshold)) yield [one.sum, other.sum];
    }
    sure += Math.max(0, TOGETHER + 1 - set.lacking);
    if (sure >= threshold) return { isSettled: true };
    if (isHopeless) break;
  }
  return { isSettled: false };
}
