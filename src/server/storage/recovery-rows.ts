// Links that let somebody back into their account, and what they do to it.
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A link with the SHA-256 of its token. */
export interface StoredRecoveryLink {
  /** The account's id. */
  account: string;
  hash: string;
  /** ISO, UTC. */
  expiresAt: string;
}

/** What a link is redeemed with. */
export interface Recovery {
  hash: string;
  /** Of the new password, as better-auth writes it. */
  passwordHash: string;
  /** ISO, UTC. */
  now: string;
}

/** Adds the only link of its account, and removes those that expired before `now` (ISO, UTC). */
export async function insertRecoveryLink(
  transaction: Transaction<Tables>,
  { account, hash, expiresAt }: StoredRecoveryLink,
  now: string,
): Promise<void> {
  await transaction
    .deleteFrom('recovery_links')
    .where((where) => where.or([where('account', '=', account), where('expires_at', '<=', now)]))
    .execute();
  await transaction
    .insertInto('recovery_links')
    .values({ account, hash, expires_at: expiresAt })
    .execute();
}

/** The name of the account that a link is for; null where it does not work. */
export async function selectRecovering(
  database: Kysely<Tables>,
  hash: string,
  now: string,
): Promise<string | null> {
  const found = await database
    .selectFrom('recovery_links')
    .innerJoin('user', 'user.id', 'recovery_links.account')
    .select('user.name')
    .where('recovery_links.hash', '=', hash)
    .where('recovery_links.expires_at', '>', now)
    .executeTakeFirst();
  return found?.name ?? null;
}

/**
 * Takes the codes and the passkeys off an account and ends its sessions: whoever has its device gets in no more. False if
 * there is no such account.
 */
export async function deleteSecondFactors(
  transaction: Transaction<Tables>,
  account: string,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('user')
    .set({ twoFactorEnabled: sql<boolean>`false` })
    .where('id', '=', account)
    .executeTakeFirstOrThrow();
  for (const table of ['twoFactor', 'passkey', 'session'] as const)
    await transaction.deleteFrom(table).where('userId', '=', account).execute();
  return numUpdatedRows === 1n;
}

/** Redeems a link, once: the account has the new password and nothing else to sign in with. False where it does not work. */
export async function recover(
  transaction: Transaction<Tables>,
  { hash, passwordHash, now }: Recovery,
): Promise<boolean> {
  const link = await transaction
    .deleteFrom('recovery_links')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returning('account')
    .executeTakeFirst();
  if (!link || !(await deleteSecondFactors(transaction, link.account))) return false;
  await transaction
    .updateTable('account')
    .set({ password: passwordHash, updatedAt: now })
    .where('userId', '=', link.account)
    .where('providerId', '=', 'credential')
    .execute();
  return true;
}
