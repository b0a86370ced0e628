// Thailand has kept UTC+7 without daylight saving time since 1920.
const BANGKOK_OFFSET_MS = 7 * 60 * 60 * 1000;

/** The day in Thailand at a moment (milliseconds since 1970), as an ISO date. */
export function dayInBangkok(now: number): string {
  return new Date(now + BANGKOK_OFFSET_MS).toISOString().slice(0, 10);
}
