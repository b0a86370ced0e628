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
  if (wait === null) return null;
  return Math.min(Math.max(0, wait), LONGEST_QUIET_MS);
}

/** Only the one form of date that HTTP writes today is read: lenient parsing takes "-5" for a year. */
function waitUntilDate(text: string, dateHeader: string | null, now: number): number | null {
  if (!text.endsWith(' GMT')) return null;
  const until = Date.parse(text);
  if (Number.isNaN(until)) return null;
  const serverNow = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  return until - (Number.isNaN(serverNow) ? now : serverNow);
}
