import type { Assessment } from '#core/contract/assessment.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { ProblemError } from './problem-error.ts';

/**
 * Refuses to replace an assessment that is not the one the sender had before them. `ifMatch` is the header's value;
 * undefined = the sender does not care. What is stored already may be sent again: its answer may have got lost.
 *
 * @throws ProblemError changed-meanwhile
 */
export function refuseStale(
  ifMatch: string | undefined,
  before: Assessment,
  after: Assessment,
): void {
  if (ifMatch === undefined) return;
  const wanted = ifMatch.split(',').map((tag) => tag.trim());
  const stored = assessmentTag(before);
  if (wanted.includes('*') || wanted.includes(`"${stored}"`)) return;
  if (stored !== assessmentTag(after)) throw new ProblemError('changed-meanwhile');
}
