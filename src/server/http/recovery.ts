import { recoveringSchema, recoverySchema, sessionSchema } from '#core/contract/account.ts';
import { isEasilyGuessed } from '../auth/password-strength.ts';
import { sessionOf } from '../auth/signed-in.ts';
import { sha256 } from '../sha256.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { beginSession } from './session-cookies.ts';

/** What somebody does who has lost the way into their account, with the link that the server's keeper made for them. */
export function recoveryRoutes({ storage, accounts, now }: AppEffects): Route[] {
  const moment = () => new Date(now()).toISOString();

  async function nameOf(token: string): Promise<string> {
    const name = await storage.findRecovering(sha256(token), moment());
    if (name === null) throw new ProblemError('set-up-link-used');
    return name;
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/recovery',
      summary: 'Whether the link back into an account still works, and whose it is',
      access: 'public',
      query: { token: 'the token of the link' },
      replies: { 200: recoveringSchema },
      problems: ['set-up-link-used', 'storage-unavailable'],
      handle: async (context) =>
        context.json({ name: await nameOf(context.req.query('token') ?? '') }),
    },
    {
      method: 'POST',
      path: '/api/v1/recovery',
      summary:
        'Sets a new password, removes the account’s second factor and passkeys, ends its sessions and signs it in; the link works once',
      access: 'public',
      audit: 'account-recovered',
      body: recoverySchema,
      replies: { 201: sessionSchema },
      problems: ['invalid-request', 'password-too-weak', 'set-up-link-used', 'storage-unavailable'],
      async handle(context) {
        const { token, password } = await readJson(context.req.raw, recoverySchema);
        const name = await nameOf(token);
        if (isEasilyGuessed(password, name))
          throw new ProblemError('password-too-weak', 'password');
        // Whose account it is: nobody is signed in yet, should nothing more come to the log.
        context.set('audited', { details: { person: name } });
        await context.get('beginAct')();
        const passwordHash = await accounts.hashPassword(password);
        if (!(await storage.recover({ hash: sha256(token), passwordHash, now: moment() })))
          throw new ProblemError('set-up-link-used');
        const signedIn = await accounts.signIn(name, password);
        // No refusal: the password is changed by now.
        if (!signedIn || 'needsCode' in signedIn) throw new Error('a new password signs nobody in');
        await beginSession(context, accounts, signedIn);
        return context.json(sessionOf(signedIn), 201);
      },
    },
  ];
}
