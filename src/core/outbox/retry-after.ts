import { LONGEST_QUIET_MS } from './backoff.ts';

/**
 * Retry-After (RFC 9110, section 10.2.3) in milliseconds from now, at most LONGEST_QUIET_MS; null where there is none or
 * it cannot be read. A date is measured from the reply's own Date header, because the device's clock may be off by years;
 * `now` (milliseconds since the epoch) stands in where that header is missing.
 */
export function retryAfterMs(
  header: string | null,
  dateHeader: string | null,
  now: number,
): number | null {
  if (header === null) return null;
  const text = header.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : waitUntilDate(text, dateHeader, now);
  if (Number.isNaN(wait)) return null;
  return Math.min(Math.max(0, wait), LONGEST_QUIET_MS);
}

function waitUntilDate(text: string, dateHeader: string | null, now: number): number {
  const serverNow = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  return Date.parse(text) - (Number.isNaN(serverNow) ? now : serverNow);
}
