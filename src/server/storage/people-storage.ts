import type { Kysely } from 'kysely';
import type { Branch } from '#core/contract/organization.ts';
import type { Passkey } from '#core/contract/passkeys.ts';
import type { Invitation, Person, Rights } from '#core/contract/people.ts';
import { appendAudit, type AuditNote } from './audit-rows.ts';
import {
  deleteInvitation,
  insertInvitation,
  selectInvitations,
  type StoredInvitation,
  takeInvitation,
} from './invitation-rows.ts';
import { deletePasskey, renamePasskey, selectPasskeys } from './passkey-rows.ts';
import {
  changeRights,
  deletePerson,
  deleteSession,
  deleteStray,
  type PersonChange,
  type RoleChange,
  selectPeople,
  selectSessions,
  type StoredSession,
} from './people-rows.ts';
import {
  deleteSecondFactors,
  insertRecoveryLink,
  recover,
  type Recovery,
  selectRecovering,
  type StoredRecoveryLink,
} from './recovery-rows.ts';
import type { Tables } from './tables.ts';

/** Part of Storage: accounts, and the ways to one. */
export interface PeopleStorage {
  /** Everybody with an account, by name. */
  listPeople(): Promise<Person[]>;
  /**
   * Another role or another branch in the place of `before`, if that is still so; invitations of an owner who is none there any more are
   * withdrawn. The last owner of everything stays one.
   */
  changeRights(account: string, before: Rights, after: Rights): Promise<RoleChange>;
  /** Removes an account that was just made for a branch that somebody removed meanwhile; true if so. */
  removeStray(account: string, branch: Branch): Promise<boolean>;
  /** Removes an account, ends its sessions and withdraws its invitations; never that of the last owner of everything. */
  removePerson(account: string): Promise<PersonChange>;
  /** The sessions of an account that last beyond `now` (milliseconds since 1970), the newest first. */
  listSessions(account: string, now: number): Promise<StoredSession[]>;
  /** False if the account has no session of that id. */
  endSession(account: string, id: string): Promise<boolean>;

  /** The passkeys of an account, the oldest first. */
  listPasskeys(account: string): Promise<Passkey[]>;
  /** False if the account has no passkey of that id. */
  renamePasskey(account: string, renamed: Pick<Passkey, 'id' | 'name'>): Promise<boolean>;
  /** Tells the name of the one that is gone; null if the account has none of that id. */
  removePasskey(account: string, id: string): Promise<string | null>;

  /** Takes codes and passkeys off an account and ends its sessions; false if there is no such account. */
  endSecondFactors(account: string): Promise<boolean>;
  /** Adds the only link back into its account, and what the log tells of it. `now`: ISO, UTC, here and below. */
  addRecoveryLink(link: StoredRecoveryLink, note: AuditNote, now: string): Promise<void>;
  /** The name of the account that the link with that hash is for; null where it does not work. */
  findRecovering(hash: string, now: string): Promise<string | null>;
  /** Sets the new password, takes codes and passkeys off and ends the sessions; true for exactly one caller. */
  recover(recovery: Recovery): Promise<boolean>;

  /** Adds an invitation, and forgets those that have expired; false if its branch is gone, or who made it may invite no more. `now`: ISO, UTC, here and below. */
  addInvitation(invitation: StoredInvitation, now: string): Promise<boolean>;
  /** Those that are still good. */
  listInvitations(now: string): Promise<Invitation[]>;
  findInvitation(hash: string, now: string): Promise<Invitation | null>;
  /** Removes the invitation of that hash; exactly one caller gets it. */
  takeInvitation(hash: string, now: string): Promise<StoredInvitation | null>;
  /** False if there is none of that id. */
  withdrawInvitation(id: string): Promise<boolean>;
}

export const createPeopleStorage = (database: Kysely<Tables>): PeopleStorage => ({
  listPeople: () => selectPeople(database),
  changeRights: (account, before, after) =>
    database
      .transaction()
      .execute((transaction) => changeRights(transaction, account, before, after)),
  removePerson: (account) =>
    database.transaction().execute((transaction) => deletePerson(transaction, account)),
  removeStray: (account, branch) =>
    database.transaction().execute((transaction) => deleteStray(transaction, account, branch)),
  listSessions: (account, now) => selectSessions(database, account, now),
  endSession: (account, id) => deleteSession(database, account, id),

  listPasskeys: (account) => selectPasskeys(database, account),
  renamePasskey: (account, renamed) => renamePasskey(database, account, renamed),
  removePasskey: (account, id) => deletePasskey(database, account, id),

  endSecondFactors: (account) =>
    database.transaction().execute((transaction) => deleteSecondFactors(transaction, account)),
  addRecoveryLink: (link, note, now) =>
    database.transaction().execute(async (transaction) => {
      await insertRecoveryLink(transaction, link, now);
      await appendAudit(transaction, note);
    }),
  findRecovering: (hash, now) => selectRecovering(database, hash, now),
  recover: (recovery) =>
    database.transaction().execute((transaction) => recover(transaction, recovery)),

  addInvitation: (invitation, now) =>
    database.transaction().execute((transaction) => insertInvitation(transaction, invitation, now)),
  async listInvitations(now) {
    const found = await selectInvitations(database, now);
    return found.map(({ id, role, branch, expiresAt }) => ({ id, role, branch, expiresAt }));
  },
  async findInvitation(hash, now) {
    const found = await selectInvitations(database, now);
    return found.find((invitation) => invitation.hash === hash) ?? null;
  },
  takeInvitation: (hash, now) => takeInvitation(database, hash, now),
  withdrawInvitation: (id) => deleteInvitation(database, id),
});
