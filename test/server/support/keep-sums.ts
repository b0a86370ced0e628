import type { Assessment } from '#core/contract/assessment.ts';
import { createCounting } from '#server/counting/counting.ts';
import type { Storage } from '#server/storage/storage.ts';
import { INSTRUMENTS } from './fixtures.ts';

/** Counts an assessment's responses into the sums, as a server does behind the first look. */
export async function keepSums(
  storage: Storage,
  { id, instruments }: Pick<Assessment, 'id' | 'instruments'>,
): Promise<void> {
  for (const instrument of instruments)
    while (!(await storage.recount(id, instrument, 500, createCounting(INSTRUMENTS))));
}
