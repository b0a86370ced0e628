// What somebody who is signed in sees: an organization and all below it, or everything. Every route that shows or changes
// something of an organization asks here; what is outside is not there.
import type { MiddlewareHandler } from 'hono';
import type { Branch } from '#core/contract/organization.ts';
import { covers, reachOf } from '#core/organizations/branch.ts';
import type { AppContext, AppEffects, AppEnv } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

const ASSESSMENT_PATH = '/api/v1/assessments/:id';

/** Whether a route is about one assessment, that of the id in its path. */
export const isOfAssessment = ({ path }: Pick<Route, 'path'>): boolean =>
  path === ASSESSMENT_PATH || path.startsWith(`${ASSESSMENT_PATH}/`);

/** The ids of the organizations that the sender sees; null = all. */
export async function reachOfSender(
  { storage }: AppEffects,
  context: AppContext,
): Promise<ReadonlySet<string> | null> {
  const { branch } = context.get('signedIn');
  return branch === 'all' ? null : reachOf(await storage.listOrganizations(), branch);
}

/** Those of the assessments that the sender sees. */
export async function withinReach<Known extends { id: string }>(
  effects: AppEffects,
  context: AppContext,
  assessments: readonly Known[],
): Promise<Known[]> {
  const reach = await reachOfSender(effects, context);
  if (reach === null) return [...assessments];
  const places = await effects.storage.listPlaces();
  return assessments.filter(({ id }) => reach.has(places.get(id) ?? ''));
}

/** Whether somebody's branch is the sender's or within it: nobody sees or makes accounts that see more than they do. */
export async function isWithinBranch(
  { storage }: AppEffects,
  context: AppContext,
): Promise<(branch: Branch) => boolean> {
  const own = context.get('signedIn').branch;
  const tree = own === 'all' ? [] : await storage.listOrganizations();
  return (branch) => covers(tree, own, branch);
}

/** Whether an assessment is within somebody's branch; where everything is, it may also not be there at all. */
export async function isOfBranch(
  { storage }: Pick<AppEffects, 'storage'>,
  branch: Branch,
  assessment: string,
): Promise<boolean> {
  if (branch === 'all') return true;
  const reach = reachOf(await storage.listOrganizations(), branch);
  const place = await storage.organizationOf(assessment);
  return place !== null && (reach === null || reach.has(place));
}

/** Stands before every route of an assessment: one outside the sender's branch is not there. */
export function demandOwnBranch(effects: AppEffects): MiddlewareHandler<AppEnv> {
  return async function ownBranch(context, next) {
    const { branch } = context.get('signedIn');
    if (!(await isOfBranch(effects, branch, context.req.param('id') ?? '')))
      throw new ProblemError('not-found');
    await next();
  };
}
