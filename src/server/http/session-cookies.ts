import type { Accounts } from '../auth/accounts.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import type { AppContext } from './effects.ts';

/** Passes the cookies that better-auth made on to the browser. */
export function setCookies(context: AppContext, cookies: readonly string[]): void {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
}

/**
 * Gives the browser its new session, and ends the one that it came with: nobody goes on with a cookie from before the
 * sign-in.
 */
export async function beginSession(
  context: AppContext,
  accounts: Accounts,
  signedIn: SignedIn,
): Promise<void> {
  await accounts.signOut(context.req.header('cookie') ?? '');
  context.set('signedIn', signedIn);
  setCookies(context, signedIn.cookies);
}
