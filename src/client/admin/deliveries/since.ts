import { dayInBangkok, hourInBangkok } from '#core/life/day.ts';
import type { Formats } from '../formats.ts';
import type { Translate } from '../texts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Since when something is so, as people say it. Days are Thailand's, wherever the admin's own clock stands; the parts of the day are today's. */
export type Since =
  | { kind: 'last-hour' | 'night' | 'morning' | 'afternoon' | 'evening' | 'yesterday' }
  | { kind: 'day'; day: string };

function partOfDay(hour: number): Since {
  if (hour < 5) return { kind: 'night' };
  if (hour < 12) return { kind: 'morning' };
  return { kind: hour < 18 ? 'afternoon' : 'evening' };
}

/** `iso` is a moment cut to the hour (UTC). One that this side's clock has not reached yet counts as the last hour. */
export function sinceOf(iso: string, now: Date): Since {
  const moment = Date.parse(iso);
  const day = dayInBangkok(moment);
  if (now.getTime() - moment < HOUR_MS) return { kind: 'last-hour' };
  if (day === dayInBangkok(now.getTime())) return partOfDay(hourInBangkok(moment));
  if (day === dayInBangkok(now.getTime() - DAY_MS)) return { kind: 'yesterday' };
  return { kind: 'day', day };
}

/** "since this morning", "since 18 November 2025" */
export function sinceText(t: Translate, formats: Formats, iso: string, now: Date): string {
  const since = sinceOf(iso, now);
  return since.kind === 'day'
    ? t('since.day', { day: formats.day(since.day) })
    : t(`since.${since.kind}`);
}

/** "today", "yesterday", "18 November 2025"; `day` is an ISO date in Thailand. */
export function dayText(t: Translate, formats: Formats, day: string, now: Date): string {
  if (day === dayInBangkok(now.getTime())) return t('days.today');
  if (day === dayInBangkok(now.getTime() - DAY_MS)) return t('days.yesterday');
  return formats.day(day);
}
