import {
  madeInvitationSchema,
  peopleSchema,
  type Person,
  roleChoiceSchema,
} from '#core/contract/people.ts';
import { sha256 } from '../sha256.ts';
import type { PersonChange } from '../storage/people-rows.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

function refuse(change: PersonChange): void {
  if (change !== 'done') throw new ProblemError(change);
}

/** The people of the office and the invitations that wait. */
export function peopleRoutes({ storage, randomness, now, publicUrl }: AppEffects): Route[] {
  const moment = () => new Date(now()).toISOString();

  async function personOf(context: AppContext): Promise<Person> {
    const people = await storage.listPeople();
    const person = people.find(({ id }) => id === context.req.param('id'));
    if (!person) throw new ProblemError('not-found');
    return person;
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/people',
      summary: 'Everybody with an account, and the invitations that are still good',
      access: 'own',
      replies: { 200: peopleSchema },
      problems: ['storage-unavailable'],
      handle: async (context) =>
        context.json({
          people: await storage.listPeople(),
          invitations: await storage.listInvitations(moment()),
        }),
    },
    {
      method: 'PATCH',
      path: '/api/v1/people/:id',
      summary: 'Gives somebody another role, from their next request on; one owner stays',
      access: 'own',
      audit: 'role-changed',
      body: roleChoiceSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'not-found', 'last-owner', 'storage-unavailable'],
      async handle(context) {
        const { role } = await readJson(context.req.raw, roleChoiceSchema);
        const { id, name } = await personOf(context);
        refuse(await storage.changeRole(id, role));
        context.set('audited', { details: { person: name, role } });
        return context.body(null, 204);
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/people/:id',
      summary: 'Removes an account and ends its sessions; one owner stays',
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
        const { role } = await readJson(context.req.raw, roleChoiceSchema);
        const token = randomness.token();
        const expiresAt = new Date(now() + INVITATION_MS).toISOString();
        const invitation = { id: randomness.uuid(), role, expiresAt };
        await storage.addInvitation({ ...invitation, hash: sha256(token) }, moment());
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
        if (!(await storage.withdrawInvitation(context.req.param('id') ?? '')))
          throw new ProblemError('not-found');
        return context.body(null, 204);
      },
    },
  ];
}
