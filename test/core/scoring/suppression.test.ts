import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppressGroups } from '#core/scoring/suppression.ts';

const verdictsOf = (sizes: readonly number[]) => suppressGroups(sizes.map((n) => ({ n })));

describe('suppression', () => {
  it.each([
    ['nothing where every group is large enough', [5, 6, 400], ['shown', 'shown', 'shown']],
    [
      'a single small group with the smallest shown one',
      [20, 3, 7, 9],
      ['shown', 'few', 'complement', 'shown'],
    ],
    ['small groups alone where together they are enough', [3, 2, 9], ['few', 'few', 'shown']],
    [
      'two small groups with a third where together they are too few',
      [1, 2, 9],
      ['few', 'few', 'complement'],
    ],
    ['every group where only one is left to hide', [4, 5], ['few', 'complement']],
    ['all where there is no large group', [1, 2], ['few', 'few']],
    [
      'no group of nobody, and does not count on it',
      [0, 2, 8, 0],
      ['shown', 'few', 'complement', 'shown'],
    ],
    ['nothing of nobody', [0, 0], ['shown', 'shown']],
    ['nothing where there are no groups', [], []],
    ['the first of two that are equally small', [1, 6, 6], ['few', 'complement', 'shown']],
  ])('hides %s', (_, sizes, expected) => {
    expect(verdictsOf(sizes)).toEqual(expected);
  });

  it('knows the threshold it is given', () => {
    expect(suppressGroups([{ n: 9 }, { n: 30 }], 10)).toEqual(['few', 'complement']);
  });

  const sizes = fc.array(fc.nat(30), { maxLength: 12 });

  it('never shows a group of fewer than five people', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const verdicts = verdictsOf(list);
        for (const [index, n] of list.entries())
          expect(verdicts[index] === 'few').toBe(n > 0 && n < 5);
      }),
      { seed: 2567 },
    );
  });

  it('leaves nobody who subtracts the shown groups from the whole with fewer than five people', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const whole = list.reduce((sum, n) => sum + n, 0);
        // A whole of fewer people is hidden itself, and there is nothing to subtract from.
        fc.pre(verdictsOf([whole])[0] === 'shown');
        const verdicts = verdictsOf(list);
        const shown = list.filter((_, index) => verdicts[index] === 'shown');
        const rest = shown.reduce((left, n) => left - n, whole);
        expect(rest === 0 || rest >= 5).toBe(true);
      }),
      { seed: 2567 },
    );
  });

  it('hides no more than one group for the sake of others, and none without need', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const verdicts = verdictsOf(list);
        const few = list.filter((_, index) => verdicts[index] === 'few');
        const needed = few.length > 0 && few.reduce((sum, n) => sum + n, 0) < 5;
        const complements = verdicts.filter((verdict) => verdict === 'complement').length;
        expect(complements).toBe(needed && list.some((n) => n >= 5) ? 1 : 0);
      }),
      { seed: 2567 },
    );
  });
});
