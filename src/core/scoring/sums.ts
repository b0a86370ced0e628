// Sums of multiples of groups' figures, by the multiples alone: how often somebody is in such a sum is worked out when it is asked
// for. A crowd of many kinds of people then costs no more than the few of them that are looked at.
import type { Kinds } from './kinds.ts';
import { inverse, PRIME, type Row, scale, subtract } from './modular.ts';

/** The multiple of each group that is in the sum, each from 0 to PRIME - 1. */
export type Sum = Row;

/** How often each person of a kind is in the sum. */
export function timesIn(sum: Sum, { groups, begins }: Kinds, kind: number): number {
  let times = 0;
  const end = begins[kind + 1] ?? 0;
  for (let at = begins[kind] ?? 0; at < end; at += 1) {
    times += sum[groups[at] ?? 0] ?? 0;
    if (times >= PRIME) times -= PRIME;
  }
  return times;
}

/** The kinds that are in a sum, found as far as somebody asks and remembered. */
export class KindsIn {
  readonly #sum: Sum;
  readonly #kinds: Kinds;
  readonly #found: number[] = [];
  #next = 0;

  constructor(sum: Sum, kinds: Kinds) {
    this.#sum = sum;
    this.#kinds = kinds;
  }

  /** The kind at that place among them; past the last one, the number of all kinds. */
  at(place: number): number {
    const all = this.#kinds.sizes.length;
    while (this.#found.length <= place && this.#next < all) {
      if (timesIn(this.#sum, this.#kinds, this.#next) !== 0) this.#found.push(this.#next);
      this.#next += 1;
    }
    return this.#found[place] ?? all;
  }
}

/** The first kind that is in the sum, from the given one on; -1 where none is. */
function firstIn(sum: Sum, kinds: Kinds): number {
  for (let kind = 0; kind < kinds.sizes.length; kind += 1)
    if (timesIn(sum, kinds, kind) !== 0) return kind;
  return -1;
}

/** Each group as a sum of nothing but itself. */
export const eachGroup = (groups: number): Sum[] =>
  Array.from({ length: groups }, (_, group) => {
    const sum = new Float64Array(groups);
    sum[group] = 1;
    return sum;
  });

/** Sums of which none is a sum of multiples of the others, kept so that a further one is soon compared with them. */
export class SumBasis {
  readonly #sums: { pivot: number; sum: Sum }[] = [];
  readonly #kinds: Kinds;

  constructor(kinds: Kinds) {
    this.#kinds = kinds;
  }

  /** False where people are in the sum as they are in sums of multiples of those that are here: it is not added. */
  add(one: Sum): boolean {
    const sum = one.slice();
    for (const known of this.#sums) {
      const times = timesIn(sum, this.#kinds, known.pivot);
      if (times !== 0) subtract(sum, known.sum, times);
    }
    const pivot = firstIn(sum, this.#kinds);
    if (pivot === -1) return false;
    scale(sum, inverse(timesIn(sum, this.#kinds, pivot)));
    this.#sums.push({ pivot, sum });
    return true;
  }

  /** As they are kept. */
  get sums(): Sum[] {
    return this.#sums.map(({ sum }) => sum);
  }
}

/**
 * Solves the sums for some of the kinds, the first ones that tell the sums apart: each of these is in one sum once and in none of the
 * others. What the sums have in common stays the same.
 */
export function solveSums(
  sums: readonly Sum[],
  kinds: Kinds,
  wanted: Iterable<number>,
): { sums: Sum[]; solvedFor: number[] } {
  const open = sums.map((sum) => sum.slice());
  const done: Sum[] = [];
  const solvedFor: number[] = [];
  for (const kind of wanted) {
    if (open.length === 0) break;
    const index = open.findIndex((sum) => timesIn(sum, kinds, kind) !== 0);
    const [pivot] = index === -1 ? [] : open.splice(index, 1);
    if (!pivot) continue;
    const times = timesIn(pivot, kinds, kind);
    if (times !== 1) scale(pivot, inverse(times));
    for (const sum of [...open, ...done]) {
      const own = timesIn(sum, kinds, kind);
      if (own !== 0) subtract(sum, pivot, own);
    }
    done.push(pivot);
    solvedFor.push(kind);
  }
  return { sums: [...done, ...open], solvedFor };
}

/** How often each kind is in the sum, then the multiples that it is made of. */
export function rowOf(sum: Sum, kinds: Kinds): Row {
  const row = new Float64Array(kinds.sizes.length + sum.length);
  for (let kind = 0; kind < kinds.sizes.length; kind += 1) row[kind] = timesIn(sum, kinds, kind);
  row.set(sum, kinds.sizes.length);
  return row;
}
