import { APIError } from 'better-auth/api';
import type { Auth } from './better-auth.ts';

/** What a route has to send back: who it is, and the cookies to set. */
export interface SignedIn {
  name: string;
  cookies: string[];
}

/** The accounts of the office. No method is given a request, so that nothing of one can be stored. */
export interface Accounts {
  exist(): Promise<boolean>;
  /** Makes an account and signs it in; null if the name is taken. */
  create(name: string, password: string): Promise<SignedIn | null>;
  /** Null if the name or the password is wrong. */
  signIn(name: string, password: string): Promise<SignedIn | null>;
  /** Who a request's Cookie header belongs to; null if nobody or no longer. */
  find(cookie: string): Promise<SignedIn | null>;
  /** Ends the session; returns the cookies that clear it. */
  signOut(cookie: string): Promise<string[]>;
}

/** An address that can never receive mail (RFC 2606): better-auth wants one, we ask nobody for theirs. */
const placeholderEmail = (id: string) => `${id}@account.invalid`;

const isRefusal = (error: unknown) =>
  error instanceof APIError && error.statusCode >= 400 && error.statusCode < 500;

/** Accounts kept by better-auth. `newId` makes random UUIDs. */
export function createAccounts(auth: Auth, newId: () => string): Accounts {
  return {
    async exist() {
      const context = await auth.$context;
      return (await context.adapter.count({ model: 'user' })) > 0;
    },

    async create(name, password) {
      try {
        const { headers, response } = await auth.api.signUpEmail({
          body: { name, username: name, email: placeholderEmail(newId()), password },
          returnHeaders: true,
        });
        return { name: response.user.name, cookies: headers.getSetCookie() };
      } catch (error) {
        if (isRefusal(error)) return null;
        throw error;
      }
    },

    async signIn(name, password) {
      try {
        const { headers, response } = await auth.api.signInUsername({
          body: { username: name, password },
          returnHeaders: true,
        });
        return { name: response.user.name, cookies: headers.getSetCookie() };
      } catch (error) {
        if (isRefusal(error)) return null;
        throw error;
      }
    },

    async find(cookie) {
      const { headers, response } = await auth.api.getSession({
        headers: new Headers({ cookie }),
        returnHeaders: true,
      });
      return response && { name: response.user.name, cookies: headers.getSetCookie() };
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
