/**
 * The most points by which one more response can move a score: it is a mean over the responses, so that a worst or a best
 * one moves it by its distance to 0 or 100, divided by the responses there are then. As text with two decimals.
 */
export function largestChange(score: string, n: number): string {
  const value = Number(score);
  return (Math.max(value, 100 - value) / (n + 1)).toFixed(2);
}
