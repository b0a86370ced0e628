import { codeNeededSchema, sessionSchema, signInSchema } from '#core/contract/account.ts';
import { codeSchema } from '#core/contract/people.ts';
import { passkeyProofSchema, passkeyRequestSchema } from '#core/contract/passkeys.ts';
import type { Tried } from '../auditing/failed-attempts.ts';
import { folded } from '../auth/folded.ts';
import { sessionOf } from '../auth/signed-in.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { beginSession, setCookies } from './session-cookies.ts';

const ATTEMPT_WINDOW_MS = 15 * 60 * 1000;
const ATTEMPTS_PER_ACCOUNT_AND_ADDRESS = 10;
/** Over all accounts: a whole office may sign in through one address, but nobody tries a list of names. */
const ATTEMPTS_PER_ADDRESS = 100;

export function sessionRoutes({
  storage,
  accounts,
  passkeys,
  addressOf,
  limits,
  publicUrl,
}: AppEffects): Route[] {
  const ofAccount = limits.attempts('sign-ins of an account', {
    maximum: ATTEMPTS_PER_ACCOUNT_AND_ADDRESS,
    windowMs: ATTEMPT_WINDOW_MS,
  });
  const ofAddress = limits.attempts('sign-ins', {
    maximum: ATTEMPTS_PER_ADDRESS,
    windowMs: ATTEMPT_WINDOW_MS,
  });

  /** The account of a name as it was typed; what is no account's name may be a password, and goes no further. */
  async function accountOf(name: string): Promise<Tried> {
    const people = await storage.listPeople();
    return people.find((person) => folded(person.name) === folded(name)) ?? null;
  }

  return [
    {
      method: 'POST',
      path: '/api/v1/session',
      summary: 'Signs in, or asks for a code besides',
      access: 'public',
      audit: 'signed-in',
      body: signInSchema,
      replies: { 201: sessionSchema, 202: codeNeededSchema },
      problems: ['invalid-request', 'sign-in-failed', 'too-many-attempts', 'storage-unavailable'],
      async handle(context) {
        const { name, password } = await readJson(context.req.raw, signInSchema);
        const address = addressOf(context);
        const account = `${address} ${folded(name)}`;
        // What is refused for its account tries nothing, and takes nothing from the others behind the address.
        const wait = (await ofAccount.begin(account)) || (await ofAddress.begin(address));
        if (wait > 0) throw new ProblemError('too-many-attempts', undefined, wait);
        const signedIn = await accounts.signIn(name, password);
        if (!signedIn) {
          context.set('attempt', { action: 'sign-in-failed', tried: await accountOf(name) });
          throw new ProblemError('sign-in-failed');
        }
        // Whoever knows the password alone has not signed in: their attempt stays counted.
        if ('needsCode' in signedIn) {
          setCookies(context, signedIn.cookies);
          return context.json({ needsCode: true }, 202);
        }
        await ofAccount.forgive(account);
        await ofAddress.forgive(address);
        await beginSession(context, accounts, signedIn);
        return context.json(sessionOf(signedIn), 201);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/session/code',
      summary: 'Goes on with a sign-in that needs a code: six digits of the app, or a backup code',
      access: 'public',
      audit: 'signed-in',
      body: codeSchema,
      replies: { 201: sessionSchema },
      problems: [
        'invalid-request',
        'sign-in-failed',
        'sign-in-expired',
        'too-many-attempts',
        'storage-unavailable',
      ],
      async handle(context) {
        const { code } = await readJson(context.req.raw, codeSchema);
        const address = addressOf(context);
        const wait = await ofAddress.begin(address);
        if (wait > 0) throw new ProblemError('too-many-attempts', undefined, wait);
        const cookie = context.req.header('cookie') ?? '';
        context.set('attempt', { action: 'code-failed', tried: await accounts.awaited(cookie) });
        const signedIn = await accounts.enterCode(cookie, code);
        if (signedIn === 'locked')
          throw new ProblemError('too-many-attempts', undefined, ATTEMPT_WINDOW_MS / 1000);
        if (!signedIn) {
          // Where it is over no code is right any more, whatever is entered.
          const isOver = !(await accounts.awaited(cookie));
          throw new ProblemError(isOver ? 'sign-in-expired' : 'sign-in-failed');
        }
        await ofAccount.forgive(`${address} ${folded(signedIn.name)}`);
        await ofAddress.forgive(address);
        await beginSession(context, accounts, signedIn);
        const { backupCodesLeft } = signedIn;
        return context.json({ ...sessionOf(signedIn), backupCodesLeft }, 201);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/session/passkey/challenge',
      summary:
        'Begins a sign-in with a passkey: what the browser is asked for (WebAuthn, five minutes)',
      access: 'public',
      replies: { 200: passkeyRequestSchema },
      problems: ['too-many-attempts', 'storage-unavailable'],
      async handle(context) {
        const wait = await ofAddress.begin(addressOf(context));
        if (wait > 0) throw new ProblemError('too-many-attempts', undefined, wait);
        const { options, cookies } = await passkeys.beginSignIn();
        setCookies(context, cookies);
        return context.json(options);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/session/passkey',
      summary: 'Signs in with a passkey, which stands for the password and a code',
      access: 'public',
      audit: 'signed-in-with-passkey',
      body: passkeyProofSchema,
      replies: { 201: sessionSchema },
      problems: [
        'invalid-request',
        'passkey-refused',
        'passkey-unknown',
        'too-many-attempts',
        'storage-unavailable',
      ],
      async handle(context) {
        const proof = await readJson(context.req.raw, passkeyProofSchema);
        const address = addressOf(context);
        const wait = await ofAddress.begin(address);
        if (wait > 0) throw new ProblemError('too-many-attempts', undefined, wait);
        const cookie = context.req.header('cookie') ?? '';
        const signedIn = await passkeys.signIn(cookie, new URL(publicUrl).origin, proof);
        if (signedIn === 'unknown') throw new ProblemError('passkey-unknown');
        if (!signedIn) throw new ProblemError('passkey-refused');
        await ofAddress.forgive(address);
        await beginSession(context, accounts, signedIn);
        return context.json(sessionOf(signedIn), 201);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/session',
      summary: 'Who is signed in',
      access: 'signed-in',
      replies: { 200: sessionSchema },
      problems: ['storage-unavailable'],
      handle(context) {
        return context.json(sessionOf(context.get('signedIn')));
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/session',
      summary: 'Signs out',
      access: 'signed-in',
      audit: 'signed-out',
      replies: { 204: null },
      problems: ['storage-unavailable'],
      async handle(context) {
        setCookies(context, await accounts.signOut(context.req.header('cookie') ?? ''));
        return context.body(null, 204);
      },
    },
  ];
}
