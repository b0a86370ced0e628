import type { TallyCheck } from '../storage/counting.ts';
import { createCounting } from './counting.ts';
import type { CountingEffects } from './count-responses.ts';
import { RECOUNT_SLICE } from './folder.ts';

export interface Recounted {
  /** In Thai. */
  organization: string;
  fiscalYear: number;
  instrument: string;
  /** What was found. */
  check: TallyCheck;
}

/** Counts all responses of all assessments, and counts the tallies anew that are wrong or not there; tells how many were wrong. */
export async function recountAll(
  { storage, instruments }: CountingEffects,
  tell: { onProgress: (counted: number) => void; onResult: (recounted: Recounted) => void },
): Promise<number> {
  const counting = createCounting(instruments);
  let wrong = 0;
  for (const { id, instruments: ids, organization, fiscalYear } of await storage.listAssessments())
    for (const instrument of ids) {
      const check = await storage.checkTallies(id, instrument, counting, tell.onProgress);
      if (check !== 'right') {
        await storage.forgetTallies(id, instrument);
        while (!(await storage.recount(id, instrument, RECOUNT_SLICE, counting)));
      }
      if (check === 'wrong') wrong += 1;
      tell.onResult({ organization: organization.th, fiscalYear, instrument, check });
    }
  return wrong;
}
