import type { Assessment } from '#core/contract/assessment.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { ProblemError } from './problem-error.ts';

/**
 * Refuses to replace what is not what the sender had before them. `ifMatch` is the header's value; undefined = the sender
 * does not care. `before` and `after` are the tags of what is stored and of what would be: what is stored already may be
 * sent again, as its answer may have got lost.
 *
 * @throws ProblemError changed-meanwhile
 */
export function refuseStaleTag(ifMatch: string | undefined, before: string, after: string): void {
  if (ifMatch === undefined) return;
  const wanted = ifMatch.split(',').map((tag) => tag.trim());
  if (wanted.includes('*') || wanted.includes(`"${before}"`)) return;
  if (before !== after) throw new ProblemError('changed-meanwhile');
}

/**
 * Refuses to replace an assessment that is not the one the sender had before them.
 *
 * @see refuseStaleTag
 */
export function refuseStale(
  ifMatch: string | undefined,
  before: Assessment,
  after: Assessment,
): void {
  refuseStaleTag(ifMatch, assessmentTag(before), assessmentTag(after));
}
