interface SetUpTokenTable {
  /** SHA-256 of the token; the token itself is only in the link. */
  hash: string;
  /** ISO, UTC; null: good until the next one is made. */
  expires_at: string | null;
}

interface InvitationTable {
  id: string;
  /** SHA-256 of the link's token. */
  hash: string;
  role: string;
  /** Branch. */
  branch: string;
  /** ISO, UTC. */
  expires_at: string;
  /** The account's id; null of one from before that was kept. */
  made_by: string | null;
}

interface RecoveryLinkTable {
  /** The account's id; one link each. */
  account: string;
  /** SHA-256 of the link's token. */
  hash: string;
  /** ISO, UTC. */
  expires_at: string;
}

/** An admin's account. better-auth makes the table and has more columns in it. */
interface UserTable {
  id: string;
  name: string;
  /** In lower case. */
  username: string;
  role: string | null;
  /** Branch. */
  branch: string | null;
  twoFactorEnabled: number | boolean | null;
  createdAt: string | Date;
}

/** better-auth's as well, as are the next three. */
interface SessionTable {
  id: string;
  userId: string;
  createdAt: string | Date;
  expiresAt: string | Date;
}

interface PasskeyTable {
  id: string;
  userId: string;
  name: string;
  createdAt: string | Date;
}

interface PasswordTable {
  userId: string;
  providerId: string;
  password: string;
  updatedAt: string | Date;
}

interface OfUserTable {
  userId: string;
}

/** Accounts, and the ways to one. */
export interface PeopleTables {
  set_up_tokens: SetUpTokenTable;
  invitations: InvitationTable;
  recovery_links: RecoveryLinkTable;
  user: UserTable;
  session: SessionTable;
  account: PasswordTable;
  twoFactor: OfUserTable;
  passkey: PasskeyTable;
}
