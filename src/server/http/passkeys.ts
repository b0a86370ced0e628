import { passwordProofSchema } from '#core/contract/people.ts';
import {
  passkeyAdditionSchema,
  passkeyCreationSchema,
  passkeyRenamingSchema,
} from '#core/contract/passkeys.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Proving } from './proving.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { setCookies } from './session-cookies.ts';

const idOf = (context: AppContext) => context.req.param('id') ?? '';

/** The passkeys of one's own account. */
export function passkeyRoutes(
  { storage, passkeys, publicUrl }: AppEffects,
  proven: Proving,
): Route[] {
  const origin = new URL(publicUrl).origin;

  return [
    {
      method: 'POST',
      path: '/api/v1/account/passkeys/challenge',
      summary: 'Begins to add a passkey: what the browser is asked for (WebAuthn, five minutes)',
      access: 'signed-in',
      audit: 'passkey-begun',
      body: passwordProofSchema,
      replies: { 200: passkeyCreationSchema },
      problems: ['invalid-request', 'sign-in-failed', 'too-many-attempts', 'storage-unavailable'],
      async handle(context) {
        const { password } = await readJson(context.req.raw, passwordProofSchema);
        const { options, cookies } = await proven(context, (cookie) =>
          passkeys.beginAdding(cookie, password),
        );
        setCookies(context, cookies);
        return context.json(options);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/account/passkeys',
      summary: 'Adds the passkey that the browser made',
      access: 'signed-in',
      audit: 'passkey-added',
      body: passkeyAdditionSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'passkey-refused', 'storage-unavailable'],
      async handle(context) {
        const addition = await readJson(context.req.raw, passkeyAdditionSchema);
        const cookie = context.req.header('cookie') ?? '';
        if (!(await passkeys.add(cookie, origin, addition)))
          throw new ProblemError('passkey-refused');
        context.set('audited', { details: { passkey: addition.name } });
        return context.body(null, 204);
      },
    },
    {
      method: 'PATCH',
      path: '/api/v1/account/passkeys/:id',
      summary: 'Gives a passkey another name',
      access: 'signed-in',
      audit: 'passkey-renamed',
      body: passkeyRenamingSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { name } = await readJson(context.req.raw, passkeyRenamingSchema);
        if (!(await storage.renamePasskey(context.get('signedIn').id, { id: idOf(context), name })))
          throw new ProblemError('not-found');
        context.set('audited', { details: { passkey: name } });
        return context.body(null, 204);
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/account/passkeys/:id',
      summary: 'Removes a passkey: nobody signs in with it any more',
      access: 'signed-in',
      audit: 'passkey-removed',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const name = await storage.removePasskey(context.get('signedIn').id, idOf(context));
        if (name === null) throw new ProblemError('not-found');
        context.set('audited', { details: { passkey: name } });
        return context.body(null, 204);
      },
    },
  ];
}
