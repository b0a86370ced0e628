import * as z from 'zod/mini';
import type { Change } from './database.ts';

/** A step of the clock that is longer says nothing of how much time has passed. */
const LONGEST_STEP_DAYS = 31;
const MS_PER_DAY = 86_400_000;
const NAME = 'today';

const calendarRowSchema = z.object({ name: z.string(), date: z.number(), day: z.number() });

/** `date`: the device's local date as a day number; `day`: the day of our own calendar that it is. */
export type CalendarRow = z.infer<typeof calendarRowSchema>;

/** The device's local date, counted in days since 1970. */
function localDateOf(now: number): number {
  return Math.floor((now - new Date(now).getTimezoneOffset() * 60_000) / MS_PER_DAY);
}

/**
 * The day in a calendar that only goes forward, for what has to be kept for so many days on a device whose clock may be off
 * by years: with each new date it advances by the days that passed, and by one where the clock was set back or jumped by more
 * than a month. So a wrong clock lets nothing expire at once, and nothing is kept for ever where the date ever changes.
 */
export async function dayOf(change: Change, now: number): Promise<number> {
  const calendar = change.objectStore('calendar');
  const date = localDateOf(now);
  const known = calendarRowSchema.safeParse(await calendar.get(NAME)).data ?? { date, day: 0 };
  const step = date - known.date;
  const day = known.day + (step < 0 || step > LONGEST_STEP_DAYS ? 1 : step);
  if (step !== 0 || day === 0) await calendar.put({ name: NAME, date, day });
  return day;
}
