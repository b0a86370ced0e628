import type { SetUp } from '#core/contract/account.ts';
import { sha256 } from '../sha256.ts';
import type { Storage } from '../storage/storage.ts';
import type { Accounts } from './accounts.ts';
import type { SignedIn } from './signed-in.ts';

/**
 * Makes the token of a new set-up link, and the older links worthless; null once there is an account. The database holds
 * only its hash.
 */
export async function newSetUpToken(
  storage: Storage,
  accounts: Accounts,
  makeToken: () => string,
): Promise<string | null> {
  if (await accounts.exist()) {
    await storage.replaceSetUpToken(null);
    return null;
  }
  const token = makeToken();
  await storage.replaceSetUpToken(sha256(token));
  return token;
}

/** What became of an attempt to set up; the refusals are the contract's problem codes. */
export type SetUpOutcome =
  | ({ state: 'signed-in' } & SignedIn)
  | { state: 'set-up-link-used' }
  | { state: 'name-taken' };

/**
 * Makes the first account with the token of the link. Of two that use it at once one succeeds. A token whose account could
 * not be made works again.
 *
 * @throws the storage's error; the link still works afterwards, or the next start prints another
 */
export async function redeemSetUpToken(
  storage: Storage,
  accounts: Accounts,
  { token, name, password }: SetUp,
): Promise<SetUpOutcome> {
  const hash = sha256(token);
  if (!(await storage.takeSetUpToken(hash))) return { state: 'set-up-link-used' };
  try {
    const signedIn = await accounts.create(name, password, 'owner');
    if (signedIn) return { state: 'signed-in', ...signedIn };
    await storage.replaceSetUpToken(hash);
    return { state: 'name-taken' };
  } catch (error) {
    // The account may be made though its sign-in failed: then it is the first, and the link has done its work.
    if (!(await accounts.exist())) await storage.replaceSetUpToken(hash);
    throw error;
  }
}
