// Exact linear algebra modulo a prime. The prime is the largest below 2^26: a product of two residues still fits in a
// double, and that a number which is not 0 happens to be a multiple of it is out of the question for vectors of zeros and
// ones as they are met here.

export const PRIME = 67_108_859;

/** A row of residues, each from 0 to PRIME - 1. */
export type Row = Float64Array;

function reduced(value: number): number {
  const rest = value - Math.floor(value / PRIME) * PRIME;
  if (rest < 0) return rest + PRIME;
  return rest >= PRIME ? rest - PRIME : rest;
}

/** The residue whose product with the given one is 1. Throws for 0, which has none. */
export function inverse(residue: number): number {
  if (residue === 0) throw new RangeError('0 has no inverse');
  let [a, b, x, y] = [residue, PRIME, 1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return reduced(x);
}

/** How many times the second residue the first one is. The second is not 0. */
export const quotient = (a: number, b: number): number =>
  b === 1 ? a : reduced(a * (b === PRIME - 1 ? b : inverse(b)));

/** Takes so many times the other row from the row, in place. */
export function subtract(row: Row, other: Row, times: number): void {
  const factor = PRIME - times;
  for (let place = 0; place < row.length; place += 1) {
    const residue = other[place] ?? 0;
    if (residue !== 0) row[place] = reduced((row[place] ?? 0) + factor * residue);
  }
}

/** Multiplies the row, in place. */
export function scale(row: Row, factor: number): void {
  for (let place = 0; place < row.length; place += 1)
    row[place] = reduced((row[place] ?? 0) * factor);
}

/** Vectors of which none is a sum of multiples of the others, kept so that a further one is soon compared with them. */
export class Basis {
  readonly #rows: { pivot: number; row: Row }[] = [];

  get rank(): number {
    return this.#rows.length;
  }

  /** Adds the vector, of which only the first places count; false if it is a sum of multiples of those that are here. */
  add(vector: Row, places: number = vector.length): boolean {
    const row = vector.slice();
    for (const known of this.#rows) {
      const times = row[known.pivot] ?? 0;
      if (times !== 0) subtract(row, known.row, times);
    }
    const pivot = row.findIndex((residue, place) => residue !== 0 && place < places);
    if (pivot === -1) return false;
    scale(row, inverse(row[pivot] ?? 0));
    this.#rows.push({ pivot, row });
    return true;
  }

  /** The vectors as they are kept. */
  get rows(): Row[] {
    return this.#rows.map(({ row }) => row);
  }
}

/**
 * A basis of the sums of multiples of the rows that are 0 in all the places given.
 */
export function vanishingAt(rows: readonly Row[], places: readonly number[]): Row[] {
  let left = rows.map((row) => row.slice());
  for (const place of places) {
    const pivot = left.find((row) => row[place] !== 0);
    if (!pivot) continue;
    const others = left.filter((row) => row !== pivot);
    const unit = inverse(pivot[place] ?? 0);
    for (const row of others) {
      const residue = row[place] ?? 0;
      if (residue !== 0) subtract(row, pivot, reduced(residue * unit));
    }
    left = others;
  }
  return left;
}

/**
 * Solves the rows for some of the places, the first ones that tell the rows apart: at each of these one row has a 1 and all
 * others have a 0. What the rows have in common stays the same.
 */
export function solveFor(
  rows: readonly Row[],
  places: readonly number[],
): { rows: Row[]; places: number[] } {
  const open = rows.map((row) => row.slice());
  const done: Row[] = [];
  const used: number[] = [];
  for (const place of places) {
    if (open.length === 0) break;
    const index = open.findIndex((row) => row[place] !== 0);
    const [pivot] = index === -1 ? [] : open.splice(index, 1);
    if (!pivot) continue;
    if (pivot[place] !== 1) scale(pivot, inverse(pivot[place] ?? 0));
    for (const row of [...open, ...done]) {
      const times = row[place] ?? 0;
      if (times !== 0) subtract(row, pivot, times);
    }
    done.push(pivot);
    used.push(place);
  }
  return { rows: [...done, ...open], places: used };
}
