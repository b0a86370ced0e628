import type { SetUp } from '#core/contract/account.ts';
import { sha256 } from '../sha256.ts';
import type { Storage } from '../storage/storage.ts';
import type { Accounts } from './accounts.ts';
import type { SignedIn } from './signed-in.ts';

/** As long as that the link that one process printed works beside those of others. */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

const iso = (time: number) => new Date(time).toISOString();

interface SetUpEffects {
  storage: Storage;
  accounts: Accounts;
  makeToken: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** No other server process uses the database. */
  isAlone: boolean;
}

/**
 * Makes the token of a new set-up link; null once there is an account. Older links are worthless then, but where processes start
 * together each has printed one: those of a day work, until one is used. The database holds only hashes.
 */
export async function newSetUpToken(effects: SetUpEffects): Promise<string | null> {
  const { storage, accounts, makeToken, now, isAlone } = effects;
  if (await accounts.exist()) {
    await storage.replaceSetUpToken(null);
    return null;
  }
  const token = makeToken();
  if (isAlone) await storage.replaceSetUpToken(sha256(token));
  else await storage.addSetUpToken(sha256(token), iso(now() + GOOD_FOR_MS), iso(now()));
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
    const signedIn = await accounts.create(name, password, { role: 'owner', branch: 'all' });
    if (signedIn) return { state: 'signed-in', ...signedIn };
    await storage.replaceSetUpToken(hash);
    return { state: 'name-taken' };
  } catch (error) {
    // The account may be made though its sign-in failed: then it is the first, and the link has done its work.
    if (!(await accounts.exist())) await storage.replaceSetUpToken(hash);
    throw error;
  }
}
