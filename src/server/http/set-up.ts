import { sessionSchema, setUpSchema } from '#core/contract/account.ts';
import { isEasilyGuessed } from '../auth/password-strength.ts';
import { redeemSetUpToken } from '../auth/set-up.ts';
import { sessionOf } from '../auth/signed-in.ts';
import { sha256 } from '../sha256.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { beginSession } from './session-cookies.ts';

export function setUpRoutes({ storage, accounts }: AppEffects): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/set-up',
      summary: 'Whether the set-up link still works',
      access: 'public',
      query: { token: 'the token of the link' },
      replies: { 204: null },
      problems: ['set-up-link-used', 'storage-unavailable'],
      async handle(context) {
        const token = context.req.query('token') ?? '';
        if (!(await storage.hasSetUpToken(sha256(token))))
          throw new ProblemError('set-up-link-used');
        return context.body(null, 204);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/set-up',
      summary: 'Makes the first account and signs it in; the link works once',
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
        const setUp = await readJson(context.req.raw, setUpSchema);
        if (isEasilyGuessed(setUp.password, setUp.name))
          throw new ProblemError('password-too-weak', 'password');
        if (await storage.hasSetUpToken(sha256(setUp.token))) await context.get('beginAct')();
        const outcome = await redeemSetUpToken(storage, accounts, setUp);
        if (outcome.state !== 'signed-in') throw new ProblemError(outcome.state);
        await beginSession(context, accounts, outcome);
        return context.json(sessionOf(outcome), 201);
      },
    },
  ];
}
