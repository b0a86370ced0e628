/** A Date header has no parts of a second: on the average it is half a one behind. */
const HALF_A_SECOND_MS = 500;

/**
 * How far the server's clock is ahead of the device's, in milliseconds, by the Date header of a reply (RFC 9110, 6.6.1); null
 * where it cannot be told. `sentAt`, `heardAt`: the device's clock before and after; the reply was written about halfway.
 */
export function offsetOf(date: string | null, sentAt: number, heardAt: number): number | null {
  const told = date !== null && date.endsWith(' GMT') ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(told)) return null;
  return Math.round(told + HALF_A_SECOND_MS - (sentAt + heardAt) / 2);
}
