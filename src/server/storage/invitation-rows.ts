import type { Kysely, Selectable, Transaction } from 'kysely';
import { type Branch, branchSchema } from '#core/contract/organization.ts';
import type { Invitation } from '#core/contract/people.ts';
import { roleSchema } from '#core/contract/role.ts';
import { covers, type Placed } from '#core/organizations/branch.ts';
import { holdBranch, selectOrganizations } from './lock-tree.ts';
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

/** To which branch an account may invite, and may as long as the transaction has not ended; null where to none. */
async function holdOwner(
  transaction: Transaction<Tables>,
  account: string,
): Promise<Branch | null> {
  // Changes nothing, but whoever removes the account meanwhile waits, and then finds the invitation.
  const owner = await transaction
    .updateTable('user')
    .set({ role: 'owner' })
    .where('id', '=', account)
    .where('role', '=', 'owner')
    .returning('branch')
    .executeTakeFirst();
  return owner ? branchSchema.parse(owner.branch) : null;
}

/** Whether an account may give the branch, which is held, and may as long as the transaction has not ended. */
async function mayGive(
  transaction: Transaction<Tables>,
  account: string,
  branch: Branch,
): Promise<boolean> {
  const own = await holdOwner(transaction, account);
  return own !== null && covers(await selectOrganizations(transaction), own, branch);
}

/**
 * Adds one and removes those that expired before `now` (ISO, UTC); false, with nothing added, where its branch is gone, or
 * who made it may not give that any more.
 */
export async function insertInvitation(
  transaction: Transaction<Tables>,
  { id, hash, role, branch, expiresAt, madeBy }: StoredInvitation,
  now: string,
): Promise<boolean> {
  if (!(await holdBranch(transaction, branch))) return false;
  if (madeBy !== null && !(await mayGive(transaction, madeBy, branch))) return false;
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

/** Withdraws what leads to a branch that its maker sees no more, as it stands elsewhere now. `tree`: as it is now, and held. */
export async function deleteInvitationsOutside(
  transaction: Transaction<Tables>,
  tree: readonly Placed[],
): Promise<void> {
  const waiting = await transaction
    .selectFrom('invitations')
    .innerJoin('user', 'user.id', 'invitations.made_by')
    .select(['invitations.id', 'invitations.branch', 'user.branch as own'])
    .execute();
  const outside = waiting.filter(
    ({ branch, own }) => !covers(tree, branchSchema.parse(own), branchSchema.parse(branch)),
  );
  if (outside.length === 0) return;
  const ids = outside.map(({ id }) => id);
  await transaction.deleteFrom('invitations').where('id', 'in', ids).execute();
}

/** Withdraws one; false if there is none of that id. */
export async function deleteInvitation(database: Kysely<Tables>, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('invitations')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
