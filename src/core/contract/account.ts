import * as z from 'zod/mini';
import { integerSchema } from './integer-schema.ts';
import { roleSchema } from './role.ts';

/** Shortest password; long beats complicated (NIST SP 800-63B, section 5.1.1). Common ones are refused besides. */
export const MIN_PASSWORD_CHARACTERS = 10;
export const MAX_PASSWORD_CHARACTERS = 128;

/** The name an admin signs in with: letters of any script, digits and . _ - */
export const accountNameSchema = z
  .string()
  .check(z.trim(), z.regex(/^[\p{L}\p{M}\p{N}._-]{3,40}$/u));

export const passwordSchema = z
  .string()
  .check(z.minLength(MIN_PASSWORD_CHARACTERS), z.maxLength(MAX_PASSWORD_CHARACTERS));

/** Makes the first admin: POST /api/v1/set-up. `token` is from the link that the server printed; it works once. */
export const setUpSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(100)),
  name: accountNameSchema,
  password: passwordSchema,
});

export type SetUp = z.infer<typeof setUpSchema>;

/** POST /api/v1/session. */
export const signInSchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  password: z.string().check(z.minLength(1), z.maxLength(MAX_PASSWORD_CHARACTERS)),
});

export type SignIn = z.infer<typeof signInSchema>;

/** The reply to a sign-in that is not done yet: POST /api/v1/session/code goes on with it. */
export const codeNeededSchema = z.object({ needsCode: z.literal(true) });

/** GET /api/v1/recovery: whose account the link leads back into. */
export const recoveringSchema = z.object({ name: z.string() });

/** POST /api/v1/recovery. `token` is from the link that `npm run recover` printed; it works once. */
export const recoverySchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(100)),
  password: passwordSchema,
});

export type RecoveryRequest = z.infer<typeof recoverySchema>;

/**
 * The header field in which a page of the office says whom it takes for signed in, as headerOfAccount writes it: in another of the
 * browser's tabs somebody else may have signed in since.
 */
export const ACCOUNT_HEADER = 'sucharit-account';

/** A header field has no Thai letters. */
export const headerOfAccount = ({ name }: Pick<Session, 'name'>): string =>
  encodeURIComponent(name);

/** The one in which it says the account's id as well, by which the server knows whether that account is still there. */
export const ACCOUNT_ID_HEADER = 'sucharit-account-id';

/** The detail of not-signed-in where the account of that id is gone: whoever was signed in to it cannot do so again. */
export const ACCOUNT_GONE = 'account-gone';

/** GET /api/v1/session: who is signed in. `id`: the account's; a server of the build before does not tell it. */
export const sessionSchema = z.object({
  id: z.optional(z.string()),
  name: z.string(),
  role: roleSchema,
  /** How many backup codes are left, where one has just signed in with one of them. */
  backupCodesLeft: z.optional(integerSchema),
});

export type Session = z.infer<typeof sessionSchema>;
