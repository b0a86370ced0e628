import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, meanOf, toTwoDecimals } from '#core/scoring/fraction.ts';

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
    const mean = meanOf([fraction(9623, 100), fraction(9466, 100)]);
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
