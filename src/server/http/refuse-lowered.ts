import type { Assessment } from '#core/contract/assessment.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';

/**
 * People read before they answer from how many on anything is shown: for what they said it stays so.
 *
 * @throws ProblemError threshold-told
 */
export async function refuseLowered(
  { storage }: Pick<AppEffects, 'storage'>,
  before: Assessment,
  after: Pick<Assessment, 'suppressionThreshold'>,
): Promise<void> {
  if (after.suppressionThreshold >= before.suppressionThreshold) return;
  const channels = await storage.listChannels(before.id);
  const answered = await storage.countResponses(channels.map(({ code }) => code));
  if (answered.size > 0) throw new ProblemError('threshold-told', 'suppressionThreshold');
}
