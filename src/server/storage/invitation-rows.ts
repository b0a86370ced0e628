import type { Kysely, Selectable, Transaction } from 'kysely';
import { branchSchema } from '#core/contract/organization.ts';
import type { Invitation } from '#core/contract/people.ts';
import { roleSchema } from '#core/contract/role.ts';
import { holdBranch } from './lock-tree.ts';
import type { Tables } from './tables.ts';

/** An invitation with the SHA-256 of its token. `madeBy`: the owner's account; null where an older process did not keep it. */
export interface StoredInvitation extends Invitation {
  hash: string;
  madeBy: string | null;
}

const invitationOf = (row: Selectable<Tables['invitations']>): StoredInvitation => ({
  id: row.id,
  hash: row.hash,
  role: roleSchema.parse(row.role),
  branch: branchSchema.parse(row.branch),
  expiresAt: row.expires_at,
  madeBy: row.made_by,
});

/** Whether an account may invite, and may as long as the transaction has not ended. */
async function holdOwner(transaction: Transaction<Tables>, account: string): Promise<boolean> {
  // Changes nothing, but whoever removes the account meanwhile waits, and then finds the invitation.
  const owner = await transaction
    .updateTable('user')
    .set({ role: 'owner' })
    .where('id', '=', account)
    .where('role', '=', 'owner')
    .returning('id')
    .executeTakeFirst();
  return owner !== undefined;
}

/**
 * Adds one and removes those that expired before `now` (ISO, UTC); false, with nothing added, where its branch is gone, or
 * who made it is no owner any more.
 */
export async function insertInvitation(
  transaction: Transaction<Tables>,
  { id, hash, role, branch, expiresAt, madeBy }: StoredInvitation,
  now: string,
): Promise<boolean> {
  if (!(await holdBranch(transaction, branch))) return false;
  if (madeBy !== null && !(await holdOwner(transaction, madeBy))) return false;
  await transaction.deleteFrom('invitations').where('expires_at', '<=', now).execute();
  await transaction
    .insertInto('invitations')
    .values({ id, hash, role, branch, expires_at: expiresAt, made_by: madeBy })
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

/** Withdraws what somebody made who may give it no more: a link that they kept would lead them back. */
export async function deleteInvitationsOf(
  transaction: Transaction<Tables>,
  account: string,
): Promise<void> {
  await transaction.deleteFrom('invitations').where('made_by', '=', account).execute();
}

/** Withdraws one; false if there is none of that id. */
export async function deleteInvitation(database: Kysely<Tables>, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('invitations')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
