import { type Role, roleSchema } from '#core/contract/role.ts';
import { APIError } from 'better-auth/api';
import { StorageUnavailable } from '../storage/storage-error.ts';
import type { Auth } from './better-auth.ts';

/** What a route has to send back: who it is, and the cookies to set. */
export interface SignedIn {
  /** The account's id. */
  id: string;
  name: string;
  role: Role;
  cookies: string[];
}

/** The accounts of the office. No method is given a request, so that nothing of one can be stored. */
export interface Accounts {
  exist(): Promise<boolean>;
  /** Makes an account and signs it in; null if the name is taken. */
  create(name: string, password: string, role: Role): Promise<SignedIn | null>;
  /** Null if the name or the password is wrong. */
  signIn(name: string, password: string): Promise<SignedIn | null>;
  /** Who a request's Cookie header belongs to; null if nobody or no longer. */
  find(cookie: string): Promise<SignedIn | null>;
  /** Ends the session; returns the cookies that clear it. */
  signOut(cookie: string): Promise<string[]>;
}

/** An address that can never receive mail (RFC 2606): better-auth wants one, we ask nobody for theirs. */
const placeholderEmail = (id: string) => `${id}@account.invalid`;

/**
 * What better-auth answers; null where it refuses. Of a database that failed it tells no more than one of these.
 *
 * @throws StorageUnavailable, or the database's own error
 */
async function refusalAsNull<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    if (error.statusCode >= 500 || error.body?.code === 'FAILED_TO_CREATE_USER')
      throw new StorageUnavailable('accounts cannot be read or written', error);
    return null;
  }
}

const signedInBy = ({
  headers,
  response,
}: {
  headers: Headers;
  response: { user: { id: string; name: string; role?: string | null | undefined } };
}): SignedIn => ({
  id: response.user.id,
  name: response.user.name,
  role: roleSchema.parse(response.user.role),
  cookies: headers.getSetCookie(),
});

/** Accounts kept by better-auth. `newId` makes random UUIDs. */
export function createAccounts(auth: Auth, newId: () => string): Accounts {
  return {
    async exist() {
      const context = await auth.$context;
      return (await context.adapter.count({ model: 'user' })) > 0;
    },

    async create(name, password, role) {
      const email = placeholderEmail(newId());
      const answer = await refusalAsNull(
        auth.api.signUpEmail({
          body: { name, username: name, email, password, role },
          returnHeaders: true,
        }),
      );
      return answer && signedInBy(answer);
    },

    async signIn(name, password) {
      const answer = await refusalAsNull(
        auth.api.signInUsername({ body: { username: name, password }, returnHeaders: true }),
      );
      return answer && signedInBy(answer);
    },

    async find(cookie) {
      const answer = await refusalAsNull(
        auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true }),
      );
      const response = answer?.response;
      return response ? signedInBy({ headers: answer.headers, response }) : null;
    },

    async signOut(cookie) {
      const { headers } = await auth.api.signOut({
        headers: new Headers({ cookie }),
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },
  };
}
