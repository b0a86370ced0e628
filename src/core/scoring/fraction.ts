/** An exact rational number. The denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The quotient of two integers. Throws where the divisor is not positive. */
export function fraction(dividend: number, divisor: number): Fraction {
  if (divisor <= 0) throw new RangeError('a fraction needs a positive divisor');
  return { numerator: BigInt(dividend), denominator: BigInt(divisor) };
}

/** The mean of the fractions. Throws where there are none. */
export function meanOf(fractions: readonly Fraction[]): Fraction {
  if (fractions.length === 0) throw new RangeError('nothing has no mean');
  const sum = fractions.reduce((total, { numerator, denominator }) => ({
    numerator: total.numerator * denominator + numerator * total.denominator,
    denominator: total.denominator * denominator,
  }));
  return { numerator: sum.numerator, denominator: sum.denominator * BigInt(fractions.length) };
}

/**
 * A fraction of at least 0 with two decimals, rounded half-up as the published reports do: 1909/20 (95.45) stays
 * "95.45" and 1/200 becomes "0.01". Only for a number that is shown; nothing is calculated from it.
 */
export function toTwoDecimals({ numerator, denominator }: Fraction): string {
  const hundredths = (numerator * 200n + denominator) / (denominator * 2n);
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}
