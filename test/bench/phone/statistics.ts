/** `share` in (0, 1]: the smallest value that so many of all values do not exceed. */
export function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

export const medianOf = (values: readonly number[]) => percentileOf(values, 0.5);
