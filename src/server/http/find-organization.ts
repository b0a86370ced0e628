import type { Organization } from '#core/contract/organization.ts';
import { reachOfSender } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';

/**
 * The organization that the path names, as it is stored: with what is above it also where the sender does not see that.
 *
 * @throws ProblemError not-found, also for one outside the sender's branch
 */
export async function findOrganization(
  effects: AppEffects,
  context: AppContext,
): Promise<Organization> {
  const reach = await reachOfSender(effects, context);
  const id = context.req.param('id');
  const known = (await effects.storage.listOrganizations()).find((one) => one.id === id);
  if (!known || (reach && !reach.has(known.id))) throw new ProblemError('not-found');
  return known;
}
