/** An exact rational number in lowest terms or not. The denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** In lowest terms: sums of many fractions would otherwise have numbers of hundreds of digits. */
function lowest(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The quotient of two integers. Throws where the divisor is not positive. */
export function fraction(dividend: number, divisor: number): Fraction {
  if (divisor <= 0) throw new RangeError('a fraction needs a positive divisor');
  return { numerator: BigInt(dividend), denominator: BigInt(divisor) };
}

/** The sum; 0 of none. */
export function sumOf(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(
    (sum, { numerator, denominator }) =>
      lowest(
        sum.numerator * denominator + numerator * sum.denominator,
        sum.denominator * denominator,
      ),
    fraction(0, 1),
  );
}

export function product(a: Fraction, b: Fraction): Fraction {
  return lowest(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** a - b */
export function difference(a: Fraction, b: Fraction): Fraction {
  return sumOf([a, { numerator: -b.numerator, denominator: b.denominator }]);
}

/** a / b. Throws where b is not positive. */
export function quotient(a: Fraction, b: Fraction): Fraction {
  if (b.numerator <= 0n) throw new RangeError('a quotient needs a positive divisor');
  return lowest(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Below 0 where a is the smaller one, 0 where they are equal, above 0 where a is the larger one. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const sides = a.numerator * b.denominator - b.numerator * a.denominator;
  return sides < 0n ? -1 : Number(sides > 0n);
}

/** The mean of the fractions. Throws where there are none. */
export function meanOf(fractions: readonly Fraction[]): Fraction {
  if (fractions.length === 0) throw new RangeError('nothing has no mean');
  const { numerator, denominator } = sumOf(fractions);
  return lowest(numerator, denominator * BigInt(fractions.length));
}

/** A decimal of at least 0 as data writes it: "0.30", "96.42", "100". Throws where it is none. */
export function readDecimal(text: string): Fraction {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`${text} is not a decimal`);
  return lowest(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

/** A fraction of at least 0 as it travels: "71420/725". Throws where it is none. */
export function readFraction(text: string): Fraction {
  const [, numerator, denominator] = /^(\d+)\/([1-9]\d*)$/.exec(text) ?? [];
  if (numerator === undefined || denominator === undefined)
    throw new RangeError(`${text} is not a fraction`);
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

/** The fraction as it travels, in lowest terms. */
export function fractionText(exact: Fraction): string {
  const { numerator, denominator } = lowest(exact.numerator, exact.denominator);
  return `${numerator}/${denominator}`;
}

const hundredthsText = (hundredths: bigint) =>
  `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;

/**
 * A fraction of at least 0 with two decimals, rounded half-up as the published reports do: 1909/20 (95.45) stays
 * "95.45" and 1/200 becomes "0.01". Only for a number that is shown; nothing is calculated from it.
 */
export function toTwoDecimals({ numerator, denominator }: Fraction): string {
  return hundredthsText((numerator * 200n + denominator) / (denominator * 2n));
}

/** The smallest number of two decimals that is not below the fraction, which is at least 0. */
export function atLeastInTwoDecimals({ numerator, denominator }: Fraction): string {
  return hundredthsText((numerator * 100n + denominator - 1n) / denominator);
}
