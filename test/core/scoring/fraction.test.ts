import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLeastInTwoDecimals,
  compareFractions,
  difference,
  fraction,
  fractionText,
  meanOf,
  product,
  quotient,
  readDecimal,
  readFraction,
  sumOf,
  toTwoDecimals,
} from '#core/scoring/fraction.ts';

describe('a number with two decimals', () => {
  it.each([
    [0, 1, '0.00'],
    [1, 200, '0.01'],
    [1, 201, '0.00'],
    [1, 3, '0.33'],
    [2, 3, '0.67'],
    [100, 1, '100.00'],
    [99_995, 1000, '100.00'],
    [99_994, 1000, '99.99'],
    [1_005, 1000, '1.01'],
  ])('of %d / %d is %s', (dividend, divisor, expected) => {
    expect(toTwoDecimals(fraction(dividend, divisor))).toBe(expected);
  });

  it('is rounded half-up where floats fall short', () => {
    expect(((96.23 + 94.66) / 2).toFixed(2)).toBe('95.44');
    const mean = meanOf([readDecimal('96.23'), readDecimal('94.66')]);
    expect(toTwoDecimals(mean)).toBe('95.45');
  });

  it('is never further than half a hundredth from the fraction, and at a half it goes up', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 10_000 }), (dividend, divisor) => {
        const hundredths = BigInt(toTwoDecimals(fraction(dividend, divisor)).replace('.', ''));
        const overshoot = hundredths * BigInt(divisor) - 100n * BigInt(dividend);
        expect(2n * overshoot > -BigInt(divisor) && 2n * overshoot <= BigInt(divisor)).toBe(true);
      }),
      { seed: 2567 },
    );
  });
});

describe('a mean', () => {
  it('of nothing is refused', () => {
    expect(() => meanOf([])).toThrow(RangeError);
  });

  it('of unlike denominators is exact', () => {
    expect(toTwoDecimals(meanOf([fraction(1, 3), fraction(1, 6), fraction(5, 2)]))).toBe('1.00');
  });
});

describe('a fraction', () => {
  it.each([0, -1])('of a divisor %d is refused', (divisor) => {
    expect(() => fraction(1, divisor)).toThrow(RangeError);
  });
});

describe('reckoning with fractions', () => {
  const some = fc
    .tuple(fc.nat(10_000), fc.integer({ min: 1, max: 1_000 }))
    .map(([dividend, divisor]) => fraction(dividend, divisor));

  it('undoes what it does', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(compareFractions(difference(sumOf([a, b]), b), a)).toBe(0);
        fc.pre(b.numerator > 0n);
        expect(compareFractions(quotient(product(a, b), b), a)).toBe(0);
        expect(compareFractions(sumOf([a, b]), a)).toBe(1);
        expect(compareFractions(a, sumOf([a, b]))).toBe(-1);
      }),
      { seed: 2567 },
    );
  });

  it('stays in lowest terms, however long the sum', () => {
    const { denominator } = sumOf(Array.from({ length: 100 }, () => fraction(20, 725)));
    expect(denominator).toBe(29n);
  });

  it('travels as text and comes back the same', () => {
    fc.assert(
      fc.property(some, (a) => {
        expect(compareFractions(readFraction(fractionText(a)), a)).toBe(0);
      }),
      { seed: 2567 },
    );
    expect(fractionText(fraction(50, 100))).toBe('1/2');
  });

  it('never divides by nothing', () => {
    expect(() => quotient(fraction(1, 2), fraction(0, 1))).toThrow(RangeError);
  });
});

describe('a decimal in text', () => {
  it.each([
    ['0.30', '3/10'],
    ['96.42', '4821/50'],
    ['100', '100/1'],
    ['0.2125', '17/80'],
    ['0', '0/1'],
  ])('%s is %s, not what a float makes of it', (text, expected) => {
    expect(fractionText(readDecimal(text))).toBe(expected);
  });

  it.each(['', '.5', '1.', '-1', '1e2', '1,5', '١'])('%j is refused', (text) => {
    expect(() => readDecimal(text)).toThrow(RangeError);
  });

  it.each(['', '1', '1/0', '-1/2', '1/2/3'])('the fraction %j is refused', (text) => {
    expect(() => readFraction(text)).toThrow(RangeError);
  });
});

describe('the smallest number of two decimals that is enough', () => {
  it.each([
    [1, 3, '0.34'],
    [95, 1, '95.00'],
    [94_995, 1_000, '95.00'],
    [94_991, 1_000, '95.00'],
    [94_990, 1_000, '94.99'],
  ])('for %d / %d is %s', (dividend, divisor, expected) => {
    expect(atLeastInTwoDecimals(fraction(dividend, divisor))).toBe(expected);
  });
});
