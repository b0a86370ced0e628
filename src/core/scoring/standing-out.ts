/** So many people at least: in small numbers chance alone makes large ratios. */
export const LEAST_STANDING_OUT = 30;

/** So many times what is usual. */
export const TIMES_THE_USUAL = 5;

/** With fewer to compare with nothing is usual. */
export const LEAST_OTHERS = 4;

/** The middle one in order; of an even number the larger of the two in the middle. @throws RangeError of none */
function median(numbers: readonly number[]): number {
  const middle = [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}

/**
 * Those of the counts that stand far out of the others, each with what is usual: the median of all others that are not 0. One
 * stands out that is at least LEAST_STANDING_OUT and at least TIMES_THE_USUAL times that. The median, because a few large counts do
 * not move it; whole numbers alone, so that everybody can work it out. It says where to look, not what was found there.
 */
export function standingOut<Counted extends { readonly n: number }>(
  counts: readonly Counted[],
): (Counted & { usual: number })[] {
  const used = counts.filter(({ n }) => n > 0);
  if (used.length <= LEAST_OTHERS) return [];
  return used.flatMap((counted, place) => {
    const usual = median(used.filter((_, other) => other !== place).map(({ n }) => n));
    const isFarOut = counted.n >= LEAST_STANDING_OUT && counted.n >= TIMES_THE_USUAL * usual;
    return isFarOut ? [{ ...counted, usual }] : [];
  });
}
