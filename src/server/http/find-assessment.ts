import { type Assessment, assessmentSchema } from '#core/contract/assessment.ts';
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
  // Only what can be an id reaches the database: PostgreSQL takes no text with a NUL in it.
  const id = assessmentSchema.shape.id.safeParse(context.req.param('id'));
  const assessment = id.success ? await storage.findAssessment(id.data) : null;
  if (!assessment) throw new ProblemError('not-found');
  return assessment;
}
