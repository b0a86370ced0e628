import {
  backupCodesSchema,
  confirmationSchema,
  enrolmentSchema,
  ownAccountSchema,
  passwordChangeSchema,
  passwordProofSchema,
} from '#core/contract/people.ts';
import { isEasilyGuessed } from '../auth/password-strength.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Proving } from './proving.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { setCookies } from './session-cookies.ts';

/** One's own account: its sessions, its password, its second factor. */
export function accountRoutes({ storage, accounts, now }: AppEffects, proven: Proving): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/account',
      summary: 'One’s own account, and where it is signed in',
      access: 'signed-in',
      replies: { 200: ownAccountSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        const { id, name, role } = context.get('signedIn');
        const found = context.get('found');
        const sessions = await storage.listSessions(id, now());
        return context.json({
          name,
          role,
          hasTwoFactor: found?.hasTwoFactor ?? false,
          backupCodesLeft: found?.hasTwoFactor ? await accounts.backupCodes.left(id) : 0,
          passkeys: await storage.listPasskeys(id),
          sessions: sessions.map((session) => ({
            ...session,
            isThis: session.id === found?.session,
          })),
        });
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/account/sessions/:id',
      summary: 'Ends a session of one’s own',
      access: 'signed-in',
      audit: 'session-ended',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id } = context.get('signedIn');
        if (!(await storage.endSession(id, context.req.param('id') ?? '')))
          throw new ProblemError('not-found');
        return context.body(null, 204);
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/account/password',
      summary: 'Changes one’s password and ends all other sessions',
      access: 'signed-in',
      audit: 'password-changed',
      body: passwordChangeSchema,
      replies: { 204: null },
      problems: [
        'invalid-request',
        'password-too-weak',
        'sign-in-failed',
        'too-many-attempts',
        'storage-unavailable',
      ],
      async handle(context) {
        const change = await readJson(context.req.raw, passwordChangeSchema);
        if (isEasilyGuessed(change.password, context.get('signedIn').name))
          throw new ProblemError('password-too-weak', 'password');
        const cookies = await proven(context, (cookie) => accounts.changePassword(cookie, change));
        setCookies(context, cookies);
        return context.body(null, 204);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/account/two-factor',
      summary: 'Begins to ask for a code of an authenticator app; counts once it was confirmed',
      access: 'signed-in',
      audit: 'two-factor-begun',
      body: passwordProofSchema,
      replies: { 200: enrolmentSchema },
      problems: [
        'invalid-request',
        'changed-meanwhile',
        'sign-in-failed',
        'too-many-attempts',
        'storage-unavailable',
      ],
      async handle(context) {
        const { password } = await readJson(context.req.raw, passwordProofSchema);
        // From a page that was opened before it was on.
        if (context.get('found')?.hasTwoFactor) throw new ProblemError('changed-meanwhile');
        return context.json(await proven(context, (cookie) => accounts.enrol(cookie, password)));
      },
    },
    {
      method: 'POST',
      path: '/api/v1/account/two-factor/confirmation',
      summary: 'Confirms it with a code of the app',
      access: 'signed-in',
      audit: 'two-factor-on',
      body: confirmationSchema,
      replies: { 204: null },
      problems: [
        'invalid-request',
        'changed-meanwhile',
        'sign-in-failed',
        'too-many-attempts',
        'storage-unavailable',
      ],
      async handle(context) {
        const { code, enrolment } = await readJson(context.req.raw, confirmationSchema);
        const { id } = context.get('signedIn');
        // From a page where it was begun before another did, whose codes are of a secret that counts no more.
        if (enrolment !== undefined && !(await accounts.isEnrolment(id, enrolment)))
          throw new ProblemError('changed-meanwhile');
        setCookies(
          context,
          await proven(context, (cookie) => accounts.confirmEnrolment(cookie, code)),
        );
        return context.body(null, 204);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/account/two-factor/backup-codes',
      summary: 'Makes new backup codes; those of before open nothing any more',
      access: 'signed-in',
      audit: 'backup-codes-made',
      body: passwordProofSchema,
      replies: { 200: backupCodesSchema },
      problems: ['invalid-request', 'sign-in-failed', 'too-many-attempts', 'storage-unavailable'],
      async handle(context) {
        const { password } = await readJson(context.req.raw, passwordProofSchema);
        const backupCodes = await proven(context, (cookie) =>
          accounts.backupCodes.renew(cookie, password),
        );
        return context.json({ backupCodes });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/account/two-factor/end',
      summary: 'Asks for no code any more',
      access: 'signed-in',
      audit: 'two-factor-off',
      body: passwordProofSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'sign-in-failed', 'too-many-attempts', 'storage-unavailable'],
      async handle(context) {
        const { password } = await readJson(context.req.raw, passwordProofSchema);
        setCookies(
          context,
          await proven(context, (cookie) => accounts.endTwoFactor(cookie, password)),
        );
        return context.body(null, 204);
      },
    },
  ];
}
