import * as z from 'zod/mini';
import { MAX_PASSWORD_CHARACTERS, passwordSchema } from './account.ts';
import { passkeySchema } from './passkeys.ts';
import { integerSchema } from './integer-schema.ts';
import { branchSchema } from './organization.ts';
import { roleSchema } from './role.ts';

/** Somebody with an account. */
export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  branch: branchSchema,
  hasTwoFactor: z.boolean(),
  hasPasskey: z.boolean(),
  /** ISO, UTC. */
  madeAt: z.string(),
});

export type Person = z.infer<typeof personSchema>;

/** What somebody may do, and where. */
export type Rights = Pick<Person, 'role' | 'branch'>;

/** A link that makes one account of that role and branch, until it expires (ISO, UTC) or is withdrawn. */
export const invitationSchema = z.object({
  id: z.uuidv4(),
  role: roleSchema,
  branch: branchSchema,
  expiresAt: z.string(),
});

export type Invitation = z.infer<typeof invitationSchema>;

/** GET /api/v1/people. */
export const peopleSchema = z.object({
  people: z.array(personSchema),
  invitations: z.array(invitationSchema),
});

export type People = z.infer<typeof peopleSchema>;

/** POST /api/v1/invitations. Without `branch`: one's own. */
export const roleChoiceSchema = z.strictObject({
  role: roleSchema,
  branch: z.optional(branchSchema),
});

export type RoleChoice = z.infer<typeof roleChoiceSchema>;

/** PATCH /api/v1/people/:id. What is left out stays as it is, whoever changes it at the same time. */
export const rightsChangeSchema = z
  .partial(roleChoiceSchema)
  .check(z.refine(({ role, branch }) => role !== undefined || branch !== undefined));

export type RightsChange = z.infer<typeof rightsChangeSchema>;

/** The link is told this once: the server keeps only a hash of its token. */
export const madeInvitationSchema = z.extend(invitationSchema, { link: z.string() });

export type MadeInvitation = z.infer<typeof madeInvitationSchema>;

/** GET /api/v1/join: what the link of an invitation makes. */
export const joiningSchema = z.object({ role: roleSchema });

/** One's own sign-in on some device. Where that is, nobody kept. */
export const ownSessionSchema = z.object({
  id: z.string(),
  /** ISO, UTC. */
  since: z.string(),
  /** The one that asks. */
  isThis: z.boolean(),
});

/** GET /api/v1/account. */
export const ownAccountSchema = z.object({
  name: z.string(),
  role: roleSchema,
  hasTwoFactor: z.boolean(),
  /** How many backup codes of the second factor were not used yet; 0 where there is none. */
  backupCodesLeft: integerSchema,
  passkeys: z.array(passkeySchema),
  sessions: z.array(ownSessionSchema),
});

export type OwnAccount = z.infer<typeof ownAccountSchema>;

/** A password that was set before, of whatever kind. */
const knownPasswordSchema = z.string().check(z.minLength(1), z.maxLength(MAX_PASSWORD_CHARACTERS));

/** PUT /api/v1/account/password. */
export const passwordChangeSchema = z.strictObject({
  current: knownPasswordSchema,
  password: passwordSchema,
});

export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/**
 * POST /api/v1/account/two-factor, .../two-factor/end, .../two-factor/backup-codes and /api/v1/account/passkeys/challenge: only who knows the password
 * changes how one signs in.
 */
export const passwordProofSchema = z.strictObject({ password: knownPasswordSchema });

/**
 * What an authenticator app needs (an otpauth: address), and codes for when it is lost, each of which works once. `id`: of this
 * enrolment; where it is begun again, what was shown before opens nothing.
 */
export const enrolmentSchema = z.object({
  id: z.string(),
  uri: z.string(),
  backupCodes: z.array(z.string()),
});

export type Enrolment = z.infer<typeof enrolmentSchema>;

/** New backup codes; those of before open nothing any more. */
export const backupCodesSchema = z.object({ backupCodes: z.array(z.string()) });

export const MAX_CODE_CHARACTERS = 20;

/**
 * POST /api/v1/session/code, and in what confirms an enrolment: six digits, or a backup code, with or without the spaces by
 * which apps and people tell them in groups.
 */
export const codeSchema = z.strictObject({
  code: z.string().check(
    z.maxLength(MAX_CODE_CHARACTERS),
    z.overwrite((code) => code.replace(/\s/g, '')),
    z.minLength(1),
  ),
});

/** POST /api/v1/account/two-factor/confirmation. `enrolment`: its id; of a page that tells none it is not compared. */
export const confirmationSchema = z.strictObject({
  ...codeSchema.shape,
  enrolment: z.optional(z.string().check(z.maxLength(64))),
});
