import type { Assessment } from '#core/contract/assessment.ts';
import { addDays } from '#core/life/day.ts';
import { removalDay } from '#core/life/deletion.ts';
import { today } from './state-today.ts';

/** The last day (ISO) on which a deleted assessment can be brought back. */
export const lastDayToBringBack = ({ deletedOn }: Assessment): string =>
  addDays(removalDay(deletedOn ?? today()), -1);
