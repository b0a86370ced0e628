import type { AuditDetails } from '#core/contract/audit.ts';
import {
  type Organization,
  type OrganizationDraft,
  organizationDraftSchema,
  organizationListSchema,
  organizationSchema,
} from '#core/contract/organization.ts';
import type { OrganizationChange } from '../storage/organization-rows.ts';
import { reachOfSender } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findOrganization } from './find-organization.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

const MAX_ORGANIZATION_BYTES = 16 * 1024;
/** Of a name in an entry of the log. */
const MAX_DETAIL = 100;

function refuse(change: OrganizationChange): void {
  if (change === 'organization-below-itself') throw new ProblemError('invalid-request', 'parent');
  if (change !== 'done') throw new ProblemError(change);
}

const nameIn = ({ name }: Pick<OrganizationDraft, 'name'>) => name.th.slice(0, MAX_DETAIL);

function tell(context: AppContext, draft: Pick<OrganizationDraft, 'name'>): void {
  context.set('audited', { details: { organization: nameIn(draft) } });
}

/** What the log tells of a change; `tree`: as it was before. */
function detailsOf(
  tree: readonly Organization[],
  before: OrganizationDraft,
  after: OrganizationDraft,
): AuditDetails {
  const placeOf = ({ parent }: OrganizationDraft) => {
    const above = tree.find(({ id }) => id === parent);
    return above ? nameIn(above) : '';
  };
  return {
    organization: nameIn(after),
    ...(before.name.th !== after.name.th && { organizationFormer: nameIn(before) }),
    ...(before.parent !== after.parent && {
      organizationFrom: placeOf(before),
      organizationTo: placeOf(after),
    }),
  };
}

/** The tree of organizations, as far as one's branch goes. */
export function organizationRoutes(effects: AppEffects): Route[] {
  const { storage, randomness, now } = effects;

  /** Only who sees everything puts one beside the others at the top; nobody puts one below what they do not see. */
  async function refuseForeignParent(context: AppContext, parent: string | null): Promise<void> {
    const reach = await reachOfSender(effects, context);
    if (reach && (parent === null || !reach.has(parent)))
      throw new ProblemError('invalid-request', 'parent');
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/organizations',
      summary: 'The organizations of one’s branch, and which branch that is',
      access: 'signed-in',
      replies: { 200: organizationListSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        const { branch } = context.get('signedIn');
        const reach = await reachOfSender(effects, context);
        const all = await storage.listOrganizations();
        const organizations = all
          .filter(({ id }) => reach === null || reach.has(id))
          .map((known) => (known.id === branch ? { ...known, parent: null } : known));
        return context.json({ branch, organizations });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/organizations',
      summary: 'Adds an organization below another one of one’s branch',
      access: 'own',
      audit: 'organization-made',
      body: organizationDraftSchema,
      replies: { 201: organizationSchema },
      problems: ['invalid-request', 'not-found', 'organization-exists', 'storage-unavailable'],
      async handle(context) {
        const draft = await readJson(
          context.req.raw,
          organizationDraftSchema,
          MAX_ORGANIZATION_BYTES,
        );
        await refuseForeignParent(context, draft.parent);
        const organization = { id: randomness.uuid(), ...draft };
        refuse(await storage.addOrganizations([organization]));
        tell(context, draft);
        return context.json(organization, 201);
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/organizations/:id',
      summary: 'Renames an organization, or puts it with all below it under another one',
      access: 'own',
      audit: 'organization-changed',
      body: organizationDraftSchema,
      replies: { 200: organizationSchema },
      problems: ['invalid-request', 'not-found', 'organization-exists', 'storage-unavailable'],
      async handle(context) {
        const draft = await readJson(
          context.req.raw,
          organizationDraftSchema,
          MAX_ORGANIZATION_BYTES,
        );
        const known = await findOrganization(effects, context);
        const isTop = known.id === context.get('signedIn').branch;
        // The top of one's branch stays where it is, which its owner does not see.
        if (isTop && draft.parent !== null) throw new ProblemError('invalid-request', 'parent');
        if (!isTop && draft.parent !== known.parent)
          await refuseForeignParent(context, draft.parent);
        const after = { ...draft, parent: isTop ? known.parent : draft.parent };
        const tree = await storage.listOrganizations();
        refuse(await storage.changeOrganization(known.id, after));
        context.set('audited', { details: detailsOf(tree, known, after) });
        return context.json({ id: known.id, ...draft });
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/organizations/:id',
      summary:
        'Removes an organization that has neither organizations, assessments, accounts nor invitations below it',
      access: 'own',
      audit: 'organization-removed',
      replies: { 204: null },
      problems: ['not-found', 'organization-in-use', 'storage-unavailable'],
      async handle(context) {
        const known = await findOrganization(effects, context);
        refuse(await storage.removeOrganization(known.id, new Date(now()).toISOString()));
        tell(context, known);
        return context.body(null, 204);
      },
    },
  ];
}
