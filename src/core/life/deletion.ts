import { addDays } from './day.ts';

/** How long a deleted assessment can be had back, in days. */
export const GRACE_DAYS = 30;

/** The day (ISO, in Thailand) from which on a deleted assessment is gone for good. */
export const removalDay = (deletedOn: string): string => addDays(deletedOn, GRACE_DAYS);

/** Whether a deleted assessment can still be had back on a day. */
export const isWithinGrace = (deletedOn: string, day: string): boolean =>
  removalDay(deletedOn) > day;

/** The latest day of deletion whose grace is over on a day. */
export const lastDueDeletion = (day: string): string => addDays(day, -GRACE_DAYS);
