import * as z from 'zod/mini';
import type { Session } from '#core/contract/account.ts';
import { type Branch, branchSchema } from '#core/contract/organization.ts';
import { type Role, roleSchema } from '#core/contract/role.ts';

/** What a route has to send back: who it is, and the cookies to set. */
export interface SignedIn {
  /** The account's id. */
  id: string;
  name: string;
  role: Role;
  /** What of the server they see. */
  branch: Branch;
  cookies: string[];
}

/** What a page of the office is told of who is signed in. */
export const sessionOf = ({ id, name, role }: SignedIn): Session => ({ id, name, role });

/** A user as better-auth tells of one; whether it has these fields depends on the route. */
const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  branch: branchSchema,
});

/** Whoever better-auth has just found or signed in. */
export const signedInBy = (headers: Headers, user: unknown): SignedIn => ({
  ...userSchema.parse(user),
  cookies: headers.getSetCookie(),
});
