import { noteOfServer } from '../auditing/server-act.ts';
import type { Config } from '../config.ts';
import type { Limits } from '../limits/limits.ts';
import type { Randomness } from '../randomness.ts';
import type { OpenDatabase } from '../storage/open-database.ts';
import type { Storage } from '../storage/storage.ts';
import { urlOf } from '../url-of.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createAuth, migrateAuth } from './better-auth.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import { newSetUpToken } from './set-up.ts';
import { createSpentCodes } from './spent-codes.ts';

interface SignInEffects {
  storage: Storage;
  limits: Limits;
  /** Signs the session cookies. */
  secret: string;
  randomness: Randomness;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What signing in needs. */
export interface SignIn {
  accounts: Accounts;
  passkeys: Passkeys;
  /** Of the link that makes the first account; null once there is one. */
  setUpToken: string | null;
}

/** Makes the tables of accounts and, where there is no account yet, the link to the first one, which the log is told of. */
export async function startSignIn(
  { database, dialect }: Pick<OpenDatabase, 'database' | 'dialect'>,
  { publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>,
  { storage, limits, secret, randomness, now }: SignInEffects,
): Promise<SignIn> {
  const auth = createAuth({
    database,
    dialect,
    secret,
    host: new URL(publicUrl ?? urlOf(host, port)).hostname,
    secureCookies: publicUrl?.startsWith('https:') ?? false,
  });
  await migrateAuth(auth, { database, dialect });
  const spentCodes = createSpentCodes(limits);
  const accounts = createAccounts(auth, { newId: randomness.uuid, now, spentCodes });
  const setUpToken = await newSetUpToken({
    storage,
    accounts,
    makeToken: randomness.token,
    now,
    isAlone: dialect === 'sqlite',
  });
  // Before anybody is given it.
  if (setUpToken !== null) await storage.appendAudit(noteOfServer(now(), 'set-up-link-made'));
  return { accounts, passkeys: createPasskeys(auth), setUpToken };
}
