import { sessionSchema, setUpSchema } from '#core/contract/account.ts';
import { joiningSchema } from '#core/contract/people.ts';
import { redeemInvitation } from '../auth/join.ts';
import { isEasilyGuessed } from '../auth/password-strength.ts';
import { sessionOf } from '../auth/signed-in.ts';
import { sha256 } from '../sha256.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { beginSession } from './session-cookies.ts';

/** What somebody does who was invited. */
export function joinRoutes({ storage, accounts, now }: AppEffects): Route[] {
  const moment = () => new Date(now()).toISOString();

  return [
    {
      method: 'GET',
      path: '/api/v1/join',
      summary: 'Whether the link of an invitation still works, and what its account may do',
      access: 'public',
      query: { token: 'the token of the link' },
      replies: { 200: joiningSchema },
      problems: ['set-up-link-used', 'storage-unavailable'],
      async handle(context) {
        const token = context.req.query('token') ?? '';
        const invitation = await storage.findInvitation(sha256(token), moment());
        if (!invitation) throw new ProblemError('set-up-link-used');
        return context.json({ role: invitation.role });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/join',
      summary: 'Makes the account of an invitation and signs it in; the link works once',
      access: 'public',
      audit: 'account-made',
      body: setUpSchema,
      replies: { 201: sessionSchema },
      problems: [
        'invalid-request',
        'password-too-weak',
        'set-up-link-used',
        'name-taken',
        'storage-unavailable',
      ],
      async handle(context) {
        const account = await readJson(context.req.raw, setUpSchema);
        if (isEasilyGuessed(account.password, account.name))
          throw new ProblemError('password-too-weak', 'password');
        if (await storage.findInvitation(sha256(account.token), moment()))
          await context.get('beginAct')();
        const outcome = await redeemInvitation(storage, accounts, account, moment());
        if (outcome.state !== 'signed-in') throw new ProblemError(outcome.state);
        await beginSession(context, accounts, outcome);
        context.set('audited', { details: { role: outcome.role } });
        return context.json(sessionOf(outcome), 201);
      },
    },
  ];
}
