// Accounts and sessions as better-auth keeps them, read and changed where it has no function that fits.
import type { Kysely, Transaction } from 'kysely';
import { type Branch, branchSchema } from '#core/contract/organization.ts';
import type { Person, Rights } from '#core/contract/people.ts';
import { roleSchema } from '#core/contract/role.ts';
import { deleteInvitationsOf } from './invitation-rows.ts';
import { holdBranch } from './lock-tree.ts';
import type { Tables } from './tables.ts';

/** What became of a change to somebody's account; the refusals are the contract's problem codes. */
export type PersonChange = 'done' | 'not-found' | 'last-owner';

/** branch-gone: somebody removed the organization meanwhile. changed-meanwhile: their rights are others than the caller read. */
export type RoleChange = PersonChange | 'branch-gone' | 'changed-meanwhile';

/** Somebody's sign-in that has not expired. */
export interface StoredSession {
  id: string;
  /** ISO, UTC. */
  since: string;
}

/** A moment as SQLite (text) or PostgreSQL (a date) gives it, as ISO. */
export const momentOf = (stored: string | Date) => new Date(stored).toISOString();

/** By name. */
export async function selectPeople(database: Kysely<Tables>): Promise<Person[]> {
  const rows = await database
    .selectFrom('user')
    .select(['id', 'name', 'role', 'branch', 'twoFactorEnabled', 'createdAt'])
    .orderBy('username')
    .execute();
  const holders = await database.selectFrom('passkey').select('userId').distinct().execute();
  const isHolder = new Set(holders.map(({ userId }) => userId));
  return rows.map(({ id, name, role, branch, twoFactorEnabled, createdAt }) => ({
    id,
    name,
    role: roleSchema.parse(role),
    branch: branchSchema.parse(branch),
    hasTwoFactor: Boolean(twoFactorEnabled),
    hasPasskey: isHolder.has(id),
    madeAt: momentOf(createdAt),
  }));
}

/** What stands against changing the account `id`; null = nothing. `isOwnerAfter`: whether it is an owner's of everything afterwards. */
async function refusalOf(
  transaction: Transaction<Tables>,
  id: string,
  isOwnerAfter: boolean,
): Promise<Exclude<PersonChange, 'done'> | null> {
  // Changes nothing, but holds the owners' rows: of two that would each leave one owner, the second waits and sees.
  const owners = await transaction
    .updateTable('user')
    .set({ role: 'owner' })
    .where('role', '=', 'owner')
    .where('branch', '=', 'all')
    .returning('id')
    .execute();
  const isOnlyOwner = owners.length === 1 && owners[0]?.id === id;
  if (isOnlyOwner && !isOwnerAfter) return 'last-owner';
  const known = await transaction
    .selectFrom('user')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return known ? null : 'not-found';
}

export async function changeRights(
  transaction: Transaction<Tables>,
  id: string,
  before: Rights,
  { role, branch }: Rights,
): Promise<RoleChange> {
  const isMoved = branch !== before.branch;
  if (isMoved && !(await holdBranch(transaction, branch))) return 'branch-gone';
  const refusal = await refusalOf(transaction, id, role === 'owner' && branch === 'all');
  if (refusal) return refusal;
  const { numUpdatedRows } = await transaction
    .updateTable('user')
    .set({ role, branch })
    .where('id', '=', id)
    .where('role', '=', before.role)
    .where('branch', '=', before.branch)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return 'changed-meanwhile';
  if (role !== 'owner' || isMoved) await deleteInvitationsOf(transaction, id);
  return 'done';
}

/** Removes the account with its password, its second factor, its passkeys, its sessions and the invitations it made. */
export async function deletePerson(
  transaction: Transaction<Tables>,
  id: string,
): Promise<PersonChange> {
  const refusal = await refusalOf(transaction, id, false);
  if (refusal) return refusal;
  for (const table of ['session', 'account', 'twoFactor', 'passkey'] as const)
    await transaction.deleteFrom(table).where('userId', '=', id).execute();
  await transaction.deleteFrom('recovery_links').where('account', '=', id).execute();
  await transaction.deleteFrom('user').where('id', '=', id).execute();
  await deleteInvitationsOf(transaction, id);
  return 'done';
}

/** Removes an account whose branch was removed while it was made; true if it was. */
export async function deleteStray(
  transaction: Transaction<Tables>,
  id: string,
  branch: Branch,
): Promise<boolean> {
  if (await holdBranch(transaction, branch)) return false;
  return (await deletePerson(transaction, id)) === 'done';
}

/** Those that last beyond `now` (milliseconds since 1970), the newest first. */
export async function selectSessions(
  database: Kysely<Tables>,
  account: string,
  now: number,
): Promise<StoredSession[]> {
  const rows = await database
    .selectFrom('session')
    .select(['id', 'createdAt', 'expiresAt'])
    .where('userId', '=', account)
    .execute();
  return rows
    .filter(({ expiresAt }) => new Date(expiresAt).getTime() > now)
    .map(({ id, createdAt }) => ({ id, since: momentOf(createdAt) }))
    .sort((a, b) => (a.since < b.since ? 1 : -1));
}

/** Ends a session of that account; false if it has none of that id. */
export async function deleteSession(
  database: Kysely<Tables>,
  account: string,
  id: string,
): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('session')
    .where('userId', '=', account)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
