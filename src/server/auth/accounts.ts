import type { Enrolment, PasswordChange } from '#core/contract/people.ts';
import type { Branch } from '#core/contract/organization.ts';
import type { Role } from '#core/contract/role.ts';
import { APIError } from 'better-auth/api';
import { PRODUCT, type Auth } from './better-auth.ts';
import { type BackupCodes, createBackupCodes } from './backup-codes.ts';
import { isStorageUnavailable } from '../storage/storage-error.ts';
import { refusalAsNull } from './refusal.ts';
import { signedInBy, type SignedIn } from './signed-in.ts';
import { currentEnrolment } from './enrolment.ts';
import type { SpentCodes } from './spent-codes.ts';

/** Who a request comes from: `session` is the id of its session. */
export interface Found extends SignedIn {
  session: string;
  hasTwoFactor: boolean;
}

/** The password was right, and a code is asked for besides; the cookies say of whom. */
export interface CodeNeeded {
  needsCode: true;
  cookies: string[];
}

/** Somebody who signed in with a code; with a backup code: how many are left. */
export interface SignedInByCode extends SignedIn {
  backupCodesLeft?: number;
}

/** What an account may do, and with what of the server. */
export interface AccountRights {
  role: Role;
  branch: Branch;
}

/** The accounts of the office. No method is given a request, so that nothing of one can be stored. */
export interface Accounts {
  readonly backupCodes: BackupCodes;
  exist(): Promise<boolean>;
  /** Makes an account and signs it in; null if the name is taken. */
  create(name: string, password: string, what: AccountRights): Promise<SignedIn | null>;
  /** A password as it is stored. */
  hashPassword(password: string): Promise<string>;
  /** Null if the name or the password is wrong. */
  signIn(name: string, password: string): Promise<SignedIn | CodeNeeded | null>;
  /**
   * Goes on with a sign-in that needs a code: six digits, or a backup code; each works once. Null if it is wrong, locked if
   * too many were.
   */
  enterCode(cookie: string, code: string): Promise<SignedInByCode | 'locked' | null>;
  /** Whose sign-in waits for a code, by the request's Cookie header; null if nobody's does. */
  awaited(cookie: string): Promise<{ id: string; name: string } | null>;
  /** Who a request's Cookie header belongs to; null if nobody or no longer. */
  find(cookie: string): Promise<Found | null>;
  /** The same of a request that was answered before and still runs: it does not prolong the session. */
  findStill(cookie: string): Promise<Found | null>;
  /** Whether there is an account of that id. */
  isThere(id: string): Promise<boolean>;
  /** Ends the session; returns the cookies that clear it. */
  signOut(cookie: string): Promise<string[]>;
  /** Ends all sessions and begins another, whose cookies it returns; null if the current password is wrong. */
  changePassword(cookie: string, change: PasswordChange): Promise<string[] | null>;
  /** Begins to add a second factor, which counts only once it was confirmed; null if the password is wrong. */
  enrol(cookie: string, password: string): Promise<Enrolment | null>;
  /** Whether that is what the account began last, and did not end. */
  isEnrolment(account: string, enrolment: string): Promise<boolean>;
  /** Confirms it with a code of the app, and returns the new session's cookies; null if the code is wrong. */
  confirmEnrolment(cookie: string, code: string): Promise<string[] | null>;
  /** Takes the second factor away, and returns the new session's cookies; null if the password is wrong. */
  endTwoFactor(cookie: string, password: string): Promise<string[] | null>;
}

const TOO_MANY_REQUESTS = 429;

/** However often a session is used, its owner signs in again after that long; unused it ends sooner (better-auth.ts). */
const LONGEST_SESSION_MS = 30 * 24 * 60 * 60 * 1000;

/** An address that can never receive mail (RFC 2606): better-auth wants one, we ask nobody for theirs. */
const placeholderEmail = (id: string) => `${id}@account.invalid`;

/** better-auth takes no more codes of an account for a while. */
function lockedOrThrown(error: unknown): 'locked' {
  if (error instanceof APIError && error.statusCode === TOO_MANY_REQUESTS) return 'locked';
  throw error;
}

/** Of a Cookie header only what a sign-in left that needs a code: a session that is there as well is another matter. */
const pendingOnly = (cookie: string) =>
  cookie
    .split(/;\s*/)
    .filter((one) => /two_factor=/.test(one))
    .join('; ');

/** Six digits are a code of the app; a backup code has letters. */
const isOfApp = (code: string) => /^\d{6}$/.test(code);

function decodedOr(text: string, otherwise: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return otherwise;
  }
}

/** The address for an authenticator app, under the account's name: better-auth would show the made-up mail address. */
function namedUri(uri: string, name: string): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const label = `${encodeURIComponent(PRODUCT)}:${encodeURIComponent(name)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(PRODUCT)}&digits=6&period=30`;
}

export interface AccountEffects {
  /** Makes random UUIDs. */
  newId: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  spentCodes: SpentCodes;
}

/** Accounts kept by better-auth. */
export function createAccounts(auth: Auth, { newId, now, spentCodes }: AccountEffects): Accounts {
  const backupCodes = createBackupCodes(auth);

  async function verify(cookie: string, code: string): Promise<SignedIn | 'locked' | null> {
    const asked = {
      body: { code },
      headers: new Headers({ cookie: pendingOnly(cookie) }),
      returnHeaders: true,
    } as const;
    const answering: Promise<{ headers: Headers; response: { user: unknown } }> = isOfApp(code)
      ? auth.api.verifyTOTP(asked)
      : auth.api.verifyBackupCode(asked);
    const answer = await refusalAsNull(answering.catch(lockedOrThrown));
    if (answer === 'locked') return answer;
    return answer && signedInBy(answer.headers, answer.response.user);
  }

  async function findBy(cookie: string, query: { disableRefresh?: true }): Promise<Found | null> {
    const ask = async (how: typeof query) =>
      refusalAsNull(
        auth.api.getSession({ headers: new Headers({ cookie }), query: how, returnHeaders: true }),
      );
    const answer = await ask(query).catch(async (error: unknown) => {
      // One that cannot be prolonged is still one: where the disk is full, who comes to see to it is let in.
      if (query.disableRefresh || !isStorageUnavailable(error)) throw error;
      return ask({ disableRefresh: true });
    });
    const response = answer?.response;
    if (!response) return null;
    if (now() - response.session.createdAt.getTime() > LONGEST_SESSION_MS) {
      await accounts.signOut(cookie);
      return null;
    }
    return {
      ...signedInBy(answer.headers, response.user),
      session: response.session.id,
      hasTwoFactor: response.user.twoFactorEnabled === true,
    };
  }

  const accounts: Accounts = {
    backupCodes,

    async exist() {
      const context = await auth.$context;
      return (await context.adapter.count({ model: 'user' })) > 0;
    },

    async create(name, password, { role, branch }) {
      const email = placeholderEmail(newId());
      const answer = await refusalAsNull(
        auth.api.signUpEmail({
          body: { name, username: name, email, password, role, branch },
          returnHeaders: true,
        }),
      );
      return answer && signedInBy(answer.headers, answer.response.user);
    },

    async hashPassword(password) {
      const context = await auth.$context;
      return context.password.hash(password);
    },

    async signIn(name, password) {
      const answer = await refusalAsNull(
        auth.api.signInUsername({ body: { username: name, password }, returnHeaders: true }),
      );
      if (!answer) return null;
      const { headers, response } = answer;
      // A user, unless a second factor is asked for.
      if (!response || !('user' in response))
        return { needsCode: true, cookies: headers.getSetCookie() };
      return signedInBy(headers, response.user);
    },

    async enterCode(cookie, code) {
      const account = await accounts.awaited(cookie);
      if (!account) return null;
      if (!isOfApp(code)) {
        const outcome = await verify(cookie, await backupCodes.meant(account.id, code));
        if (outcome === null || outcome === 'locked') return outcome;
        return { ...outcome, backupCodesLeft: await backupCodes.left(account.id) };
      }
      if (!(await spentCodes.take(account.id, code))) return null;
      const outcome = await verify(cookie, code).catch(async (error: unknown) => {
        await spentCodes.giveBack(account.id, code);
        throw error;
      });
      if (outcome === null || outcome === 'locked') await spentCodes.giveBack(account.id, code);
      return outcome;
    },

    async awaited(cookie) {
      const { internalAdapter } = await auth.$context;
      // The cookie is a random identifier and its signature, which only matters to who enters a code.
      const [, value = ''] = /two_factor=([^;]+)/.exec(cookie) ?? [];
      const identifier = decodedOr(value, '').replace(/\.[^.]*$/, '');
      const waiting = identifier && (await internalAdapter.findVerificationValue(identifier));
      const user = waiting ? await internalAdapter.findUserById(waiting.value) : null;
      return user && { id: user.id, name: user.name };
    },

    find: (cookie) => findBy(cookie, {}),
    findStill: (cookie) => findBy(cookie, { disableRefresh: true }),

    async isThere(id) {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.findUserById(id)) !== null;
    },

    async signOut(cookie) {
      const { headers } = await auth.api.signOut({
        headers: new Headers({ cookie }),
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },

    async changePassword(cookie, { current, password }) {
      const answer = await refusalAsNull(
        auth.api.changePassword({
          body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
          headers: new Headers({ cookie }),
          returnHeaders: true,
        }),
      );
      return answer && answer.headers.getSetCookie();
    },

    async enrol(cookie, password) {
      const headers = new Headers({ cookie });
      const session = await refusalAsNull(auth.api.getSession({ headers }));
      const answer = await refusalAsNull(
        auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers }),
      );
      if (!session || !answer || answer.method !== 'totp') return null;
      return {
        id: (await currentEnrolment(auth, session.user.id)) ?? '',
        uri: namedUri(answer.totpURI, session.user.name),
        backupCodes: answer.backupCodes,
      };
    },

    isEnrolment: async (account, enrolment) =>
      (await currentEnrolment(auth, account)) === enrolment,

    async confirmEnrolment(cookie, code) {
      const answer = await refusalAsNull(
        auth.api.verifyTOTP({
          body: { code },
          headers: new Headers({ cookie }),
          returnHeaders: true,
        }),
      );
      return answer && answer.headers.getSetCookie();
    },

    async endTwoFactor(cookie, password) {
      const answer = await refusalAsNull(
        auth.api.disableTwoFactor({
          body: { password },
          headers: new Headers({ cookie }),
          returnHeaders: true,
        }),
      );
      return answer && answer.headers.getSetCookie();
    },
  };
  return accounts;
}
