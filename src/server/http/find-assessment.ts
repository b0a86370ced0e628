import type { Assessment } from '#core/contract/assessment.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';

/**
 * The assessment that the path names.
 *
 * @throws ProblemError not-found
 */
export async function findAssessment(
  { storage }: AppEffects,
  context: AppContext,
): Promise<Assessment> {
  const assessment = await storage.findAssessment(context.req.param('id') ?? '');
  if (!assessment) throw new ProblemError('not-found');
  return assessment;
}
