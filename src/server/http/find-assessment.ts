import type { Assessment } from '#core/contract/assessment.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';

/**
 * The assessment that the path names, also one that was deleted and can still be had back.
 *
 * @throws ProblemError not-found
 */
export async function findEvenDeleted(
  { storage }: AppEffects,
  context: AppContext,
): Promise<Assessment> {
  const assessment = await storage.findAssessment(context.req.param('id') ?? '');
  if (!assessment) throw new ProblemError('not-found');
  return assessment;
}

/**
 * The assessment that the path names.
 *
 * @throws ProblemError not-found, also for one that was deleted
 */
export async function findAssessment(
  effects: AppEffects,
  context: AppContext,
): Promise<Assessment> {
  const assessment = await findEvenDeleted(effects, context);
  if (assessment.deletedOn !== null) throw new ProblemError('not-found');
  return assessment;
}

/**
 * The assessment that the path names, to change something of it.
 *
 * @throws ProblemError not-found, or assessment-archived: what is archived stays as it is
 */
export async function findChangeable(
  effects: AppEffects,
  context: AppContext,
): Promise<Assessment> {
  const assessment = await findAssessment(effects, context);
  if (assessment.life.state === 'archived') throw new ProblemError('assessment-archived');
  return assessment;
}
