import {
  madeInvitationSchema,
  peopleSchema,
  type Person,
  rightsChangeSchema,
  roleChoiceSchema,
} from '#core/contract/people.ts';
import type { Branch } from '#core/contract/organization.ts';
import { rightsTag } from '#core/contract/rights-tag.ts';
import { sha256 } from '../sha256.ts';
import type { RoleChange } from '../storage/people-rows.ts';
import { isWithinBranch } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseStaleTag } from './refuse-stale.ts';
import type { Route } from './route.ts';

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;
/** Of a name in an entry of the log. */
const MAX_DETAIL = 100;

function refuse(change: RoleChange): void {
  if (change === 'branch-gone') throw new ProblemError('invalid-request', 'branch');
  if (change !== 'done') throw new ProblemError(change);
}

/** The people of the office and the invitations that wait. */
export function peopleRoutes(effects: AppEffects): Route[] {
  const { storage, randomness, now, publicUrl } = effects;
  const moment = () => new Date(now()).toISOString();

  async function personOf(context: AppContext): Promise<Person> {
    const people = await storage.listPeople();
    const person = people.find(({ id }) => id === context.req.param('id'));
    const isWithin = await isWithinBranch(effects, context);
    if (!person || !isWithin(person.branch)) throw new ProblemError('not-found');
    return person;
  }

  /** What the log calls the branch that is wanted, if it is there and the sender's own or within it. */
  async function nameOfOwn(context: AppContext, branch: Branch): Promise<string> {
    const isWithin = await isWithinBranch(effects, context);
    const known = (await storage.listOrganizations()).find(({ id }) => id === branch);
    const name = branch === 'all' ? branch : known?.name.th.slice(0, MAX_DETAIL);
    if (name === undefined || !isWithin(branch))
      throw new ProblemError('invalid-request', 'branch');
    return name;
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/people',
      summary:
        'Everybody with an account for one’s branch, and the invitations to it that are still good',
      access: 'own',
      replies: { 200: peopleSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        const isWithin = await isWithinBranch(effects, context);
        const people = await storage.listPeople();
        const invitations = await storage.listInvitations(moment());
        return context.json({
          people: people.filter(({ branch }) => isWithin(branch)),
          invitations: invitations.filter(({ branch }) => isWithin(branch)),
        });
      },
    },
    {
      method: 'PATCH',
      path: '/api/v1/people/:id',
      summary:
        'Gives somebody another role or another branch, from their next request on, and withdraws the invitations of who is no owner there any more; one owner of everything stays',
      access: 'own',
      audit: 'role-changed',
      headers: {
        'If-Match':
          'The tag, in quotes, of the role and the branch that the sender had before them: refused if one of them is another. Without it nothing is compared.',
      },
      body: rightsChangeSchema,
      replies: { 204: null },
      problems: [
        'invalid-request',
        'changed-meanwhile',
        'not-found',
        'last-owner',
        'storage-unavailable',
      ],
      async handle(context) {
        const change = await readJson(context.req.raw, rightsChangeSchema);
        const { branch } = change;
        // Again from the start where another owner was quicker.
        for (;;) {
          const before = await personOf(context);
          const after = { role: change.role ?? before.role, branch: branch ?? before.branch };
          refuseStaleTag(context.req.header('if-match'), rightsTag(before), rightsTag(after));
          const place = branch === undefined ? undefined : await nameOfOwn(context, branch);
          const changed = await storage.changeRights(before.id, before, after);
          if (changed === 'changed-meanwhile') continue;
          refuse(changed);
          // Where to is told of a move alone: the log of a branch begins with it for who comes there (audit-arrivals.ts).
          const moved = branch !== before.branch && place !== undefined && { organization: place };
          context.set('audited', { details: { person: before.name, role: after.role, ...moved } });
          return context.body(null, 204);
        }
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/people/:id',
      summary:
        'Removes an account, ends its sessions and withdraws the invitations it made; one owner stays',
      access: 'own',
      audit: 'person-removed',
      replies: { 204: null },
      problems: ['not-found', 'last-owner', 'storage-unavailable'],
      async handle(context) {
        const { id, name, role } = await personOf(context);
        refuse(await storage.removePerson(id));
        context.set('audited', { details: { person: name, role } });
        return context.body(null, 204);
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/people/:id/second-factor',
      summary:
        'Takes codes and passkeys off somebody else who lost them, and ends their sessions: the password signs in alone',
      access: 'own',
      audit: 'second-factor-taken-off',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id, name } = await personOf(context);
        // One's own takes the password.
        if (id === context.get('signedIn').id) throw new ProblemError('not-allowed');
        if (!(await storage.endSecondFactors(id))) throw new ProblemError('not-found');
        context.set('audited', { details: { person: name } });
        return context.body(null, 204);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/invitations',
      summary: 'Makes a link that makes one account, for seven days; it is told this once',
      access: 'own',
      audit: 'person-invited',
      body: roleChoiceSchema,
      replies: { 201: madeInvitationSchema },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const { role, branch = context.get('signedIn').branch } = await readJson(
          context.req.raw,
          roleChoiceSchema,
        );
        await nameOfOwn(context, branch);
        const token = randomness.token();
        const expiresAt = new Date(now() + INVITATION_MS).toISOString();
        const invitation = { id: randomness.uuid(), role, branch, expiresAt };
        const { id: madeBy } = context.get('signedIn');
        const stored = { ...invitation, hash: sha256(token), madeBy };
        if (!(await storage.addInvitation(stored, moment())))
          throw new ProblemError('invalid-request', 'branch');
        context.set('audited', { details: { role } });
        return context.json({ ...invitation, link: `${publicUrl}/admin/join?token=${token}` }, 201);
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/invitations/:id',
      summary: 'Withdraws an invitation: its link no longer works',
      access: 'own',
      audit: 'invitation-withdrawn',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const waiting = await storage.listInvitations(moment());
        const invitation = waiting.find(({ id }) => id === context.req.param('id'));
        const isWithin = await isWithinBranch(effects, context);
        if (!invitation || !isWithin(invitation.branch)) throw new ProblemError('not-found');
        if (!(await storage.withdrawInvitation(invitation.id))) throw new ProblemError('not-found');
        return context.body(null, 204);
      },
    },
  ];
}
