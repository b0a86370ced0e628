import type { Kysely } from 'kysely';
import { createCounting } from '#server/counting/counting.ts';
import { CountingUnderway } from '#server/counting/counting-underway.ts';
import { countsOf } from '#server/counting/instrument-counts.ts';
import { createJudge, type Question } from '#server/counting/judge.ts';
import type { Judging } from '#server/counting/judging.ts';
import { selectCounts } from '#server/storage/counted-rows.ts';
import type { Tables } from '#server/storage/tables.ts';
import { INSTRUMENTS } from './fixtures.ts';

const COUNTING = createCounting(INSTRUMENTS);

/** All that is counted of the instruments, as the thread that judges reads it. */
export async function storedCounts(
  database: Kysely<Tables>,
  { assessment, instruments }: Question,
) {
  const stored = await selectCounts(database, assessment, COUNTING);
  const counts = stored && countsOf(instruments, stored);
  if (!counts) throw new CountingUnderway();
  return counts;
}

/** Judges in this thread, however many people there are. */
export function judgeHere(database: Kysely<Tables>): Judging['judge'] {
  const judge = createJudge(10);
  return async (question, few) => judge(question, few ?? (await storedCounts(database, question)));
}
