import type { Kysely, Selectable, Transaction } from 'kysely';
import { branchSchema } from '#core/contract/organization.ts';
import type { Invitation } from '#core/contract/people.ts';
import { roleSchema } from '#core/contract/role.ts';
import { holdBranch } from './lock-tree.ts';
import type { Tables } from './tables.ts';

/** An invitation with the SHA-256 of its token. */
export interface StoredInvitation extends Invitation {
  hash: string;
}

const invitationOf = (row: Selectable<Tables['invitations']>): StoredInvitation => ({
  id: row.id,
  hash: row.hash,
  role: roleSchema.parse(row.role),
  branch: branchSchema.parse(row.branch),
  expiresAt: row.expires_at,
});

/** Adds one and removes those that expired before `now` (ISO, UTC); false, with nothing added, where its branch is gone. */
export async function insertInvitation(
  transaction: Transaction<Tables>,
  { id, hash, role, branch, expiresAt }: StoredInvitation,
  now: string,
): Promise<boolean> {
  if (!(await holdBranch(transaction, branch))) return false;
  await transaction.deleteFrom('invitations').where('expires_at', '<=', now).execute();
  await transaction
    .insertInto('invitations')
    .values({ id, hash, role, branch, expires_at: expiresAt })
    .execute();
  return true;
}

/** Those that are still good, those that expire first at the front. */
export async function selectInvitations(
  database: Kysely<Tables>,
  now: string,
): Promise<StoredInvitation[]> {
  const rows = await database
    .selectFrom('invitations')
    .selectAll()
    .where('expires_at', '>', now)
    .orderBy('expires_at')
    .execute();
  return rows.map(invitationOf);
}

/** Removes the one of that hash; it is given to exactly one caller, and to none if it has expired. */
export async function takeInvitation(
  database: Kysely<Tables>,
  hash: string,
  now: string,
): Promise<StoredInvitation | null> {
  const row = await database
    .deleteFrom('invitations')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  return row ? invitationOf(row) : null;
}

/** Withdraws one; false if there is none of that id. */
export async function deleteInvitation(database: Kysely<Tables>, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('invitations')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
