// Days as the offices count them: ISO dates in Thailand.

// Thailand has kept UTC+7 without daylight saving time since 1920.
const BANGKOK_OFFSET_MS = 7 * 60 * 60 * 1000;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** The day in Thailand at a moment (milliseconds since 1970), as an ISO date. */
export function dayInBangkok(now: number): string {
  return new Date(now + BANGKOK_OFFSET_MS).toISOString().slice(0, 10);
}

/** The full hour of the day in Thailand at a moment (milliseconds since 1970), from 0 to 23. */
export const hourInBangkok = (now: number): number =>
  Math.floor((now + BANGKOK_OFFSET_MS) / HOUR_MS) % 24;

/** The moment (milliseconds since 1970) at which an ISO date begins in Thailand. */
export const beginOfDay = (day: string): number =>
  Date.parse(`${day}T00:00:00Z`) - BANGKOK_OFFSET_MS;

/** The Buddhist year of the fiscal year that an ISO date is in: it begins on 1 October of the year before. */
export function fiscalYearOf(day: string): number {
  const isInNext = Number(day.slice(5, 7)) >= 10;
  return Number(day.slice(0, 4)) + 543 + (isInNext ? 1 : 0);
}

/** The day that is so many days after an ISO date; a negative number goes back. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
