import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LEAST_OTHERS,
  LEAST_STANDING_OUT,
  standingOut,
  TIMES_THE_USUAL,
} from '#core/scoring/standing-out.ts';

const counted = (numbers: readonly number[]) => numbers.map((n, place) => ({ name: place, n }));
const found = (numbers: readonly number[]) =>
  standingOut(counted(numbers)).map(({ name, n, usual }) => [name, n, usual]);

const values = (of: readonly number[]) =>
  standingOut(counted(of)).map(({ n, usual }) => `${n} ${usual}`);

const counts = fc.array(fc.nat(400), { maxLength: 40 });

describe('what stands out of the other counts', () => {
  it('is many times what is usual, which is the middle of all others', () => {
    expect(found([8, 9, 100, 7, 10])).toEqual([[2, 100, 9]]);
    expect(found([8, 9, 44, 7, 10])).toEqual([]);
    expect(found([8, 9, 45, 7, 10])).toEqual([[2, 45, 9]]);
  });

  it('is nothing in small numbers, and nothing where there is little to compare with', () => {
    expect(found([1, 1, 29, 1, 1])).toEqual([]);
    expect(found([1, 1, 30, 1, 1])).toEqual([[2, 30, 1]]);
    expect(found([1, 1, 300, 1])).toEqual([]);
    expect(found([1, 1, 300, 1, 0, 0, 0])).toEqual([]);
  });

  it('is found twice where two stuff, since the middle does not move', () => {
    expect(found([8, 200, 9, 300, 7, 10, 8])).toEqual([
      [1, 200, 9],
      [3, 300, 9],
    ]);
  });

  it('has for each what the rule says, and leaves out what it does not', () => {
    fc.assert(
      fc.property(counts, (numbers) => {
        for (const { name, n, usual } of standingOut(counted(numbers))) {
          const others = numbers.filter((other, place) => other > 0 && place !== name);
          expect(others.length).toBeGreaterThanOrEqual(LEAST_OTHERS);
          expect(n).toBeGreaterThanOrEqual(LEAST_STANDING_OUT);
          expect(n).toBeGreaterThanOrEqual(TIMES_THE_USUAL * usual);
          // No more than half of the others are on either side.
          const below = others.filter((other) => other < usual).length;
          const above = others.filter((other) => other > usual).length;
          expect(Math.max(below, above)).toBeLessThanOrEqual(others.length / 2);
        }
      }),
    );
  });

  it('is always fewer than half of them, and none where all are alike', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 400 }), (numbers, n) => {
        expect(standingOut(counted(numbers)).length * 2).toBeLessThanOrEqual(numbers.length);
        expect(standingOut(counted(numbers.map(() => n)))).toEqual([]);
      }),
    );
  });

  it('does not depend on the order, and stays out when it grows', () => {
    fc.assert(
      fc.property(counts, fc.nat(100), (numbers, more) => {
        expect(values(numbers.toReversed()).toSorted()).toEqual(values(numbers).toSorted());
        for (const [place] of found(numbers)) {
          const grown = numbers.with(Number(place), (numbers[Number(place)] ?? 0) + more);
          expect(found(grown).map(([name]) => name)).toContain(place);
        }
      }),
    );
  });
});
