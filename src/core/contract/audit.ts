import * as z from 'zod/mini';

/**
 * What the log of changes and exports can tell. The words are in locales/<lang>/admin.json under audit.actions. An action
 * that is no longer made stays here, as old entries still have it.
 */
export const AUDIT_ACTIONS = [
  'account-made',
  'signed-in',
  'signed-in-with-passkey',
  'signed-out',
  'password-changed',
  'session-ended',
  'two-factor-begun',
  'two-factor-on',
  'two-factor-off',
  'backup-codes-made',
  'passkey-begun',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'second-factor-taken-off',
  'recovery-link-made',
  'account-recovered',
  'person-invited',
  'invitation-withdrawn',
  'role-changed',
  'person-removed',
  'organization-made',
  'organization-changed',
  'organization-removed',
  'organizations-imported',
  'organization-import-undone',
  'roll-up-exported',
  'log-exported',
  'assessment-made',
  'assessment-changed',
  'assessment-state-changed',
  'assessment-copied',
  'assessment-handed-down',
  'assessment-deleted',
  'assessment-brought-back',
  'seal-key-renewed',
  'staff-codes-demanded',
  'staff-codes-not-demanded',
  'staff-codes-made',
  'channel-changed',
  'display-made',
  'display-opened',
  'display-ended',
  'display-code-shared',
  'kiosk-made',
  'kiosk-changed',
  'kiosk-link-made',
  'kiosk-enrolled',
  'kiosk-revoked',
  'device-written-off',
  'set-aside-retried',
  'set-aside-exported',
  'oit-changed',
  'oit-exported',
  'card-changed',
  'measure-changed',
  'measure-removed',
  'report-exported',
  'report-printed',
  'scores-printed',
  'responses-exported',
  'responses-imported',
  'sign-in-failed',
  'code-failed',
  'proof-failed',
  'set-up-link-made',
  'assessment-removed',
  'database-put-back',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * What an entry may say besides: short, of the office and its accounts, never of a respondent or an answer. Of an organization that has
 * another name or place now also those before, as they were called then; no place is empty.
 */
export const AUDIT_DETAILS = [
  'channel',
  'kiosk',
  'state',
  'service',
  'department',
  'item',
  'indicator',
  'person',
  'organization',
  'organizationFormer',
  'organizationFrom',
  'organizationTo',
  'role',
  'passkey',
  'format',
  'count',
  'voided',
  'year',
  'day',
  'outcome',
  'more',
] as const;

export type AuditDetail = (typeof AUDIT_DETAILS)[number];

/** It may have happened or not: the server stopped, or its storage failed, while it was done. */
export const UNKNOWN_OUTCOME = 'unknown';

/** In the place of an account's id, with an empty name: what the server did by itself, and what nobody was signed in for. */
export const SERVER_ACTOR = 'server';
export const NOBODY = 'nobody';

/**
 * By the detail's name, as plain text of at most 100 characters: `{channel: 'ABCD2345', state: 'closed'}`. `outcome` is there
 * only where it is UNKNOWN_OUTCOME.
 */
export type AuditDetails = Partial<Record<AuditDetail, string>>;

/**
 * One entry as it is read: an action or a detail may be of a newer build. `moment`: ISO, UTC, to the second. `account`: the
 * account's id, `name`: what it was called then. `hash` is over the entry before and all of this one.
 * @see core/audit/chain.ts
 */
export const auditEntrySchema = z.object({
  number: z.int(),
  moment: z.string(),
  account: z.string(),
  name: z.string(),
  action: z.string(),
  assessment: z.nullable(z.string()),
  details: z.record(z.string(), z.string()),
  hash: z.string(),
});

export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** The number and the hash of the newest entry; number 0 while there is none. */
export const auditHeadSchema = z.object({ number: z.int(), hash: z.string() });

export type AuditHead = z.infer<typeof auditHeadSchema>;

const daySchema = z.optional(z.iso.date());

/**
 * What somebody looks for in the log, in the query of the route and of its page: by whom (an account's id, or one of those
 * that stand for none), what (an action), to which assessment (its id), and from which day to which, in Thailand.
 */
export const auditSearchSchema = z.object({
  who: z.optional(z.string()),
  what: z.optional(z.string()),
  assessment: z.optional(z.string()),
  from: daySchema,
  to: daySchema,
});

export type AuditSearch = z.infer<typeof auditSearchSchema>;

/** GET /api/v1/audit: a page of the log, the newest first; `found`: how many entries there are on all its pages. */
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  found: z.int(),
  head: auditHeadSchema,
});

export type AuditPage = z.infer<typeof auditPageSchema>;

/** GET /api/v1/audit/choices: what one can look for, which is what the log has. `account`: an id. */
export const auditChoicesSchema = z.object({
  who: z.array(z.object({ account: z.string(), name: z.string() })),
  what: z.array(z.string()),
  assessments: z.array(z.string()),
});

export type AuditChoices = z.infer<typeof auditChoicesSchema>;

/** GET /api/v1/audit/export: the whole log as a file, the oldest first. */
export const auditFileSchema = z.object({
  format: z.literal('sucharit-audit'),
  version: z.literal(1),
  head: auditHeadSchema,
  entries: z.array(auditEntrySchema),
});

/** What a look at the whole log found; `at`: the number of the first entry that is wrong. */
export const auditVerdictSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('intact'), head: auditHeadSchema }),
  z.object({
    state: z.literal('broken'),
    at: z.int(),
    why: z.enum(['changed', 'removed', 'inserted']),
  }),
]);

export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

/**
 * GET /api/v1/audit/verification: so-far = nothing is wrong up to `last`, from which the next request goes on; `head` is the
 * newest entry.
 */
export const auditLookSchema = z.union([
  auditVerdictSchema,
  z.object({ state: z.literal('so-far'), last: auditHeadSchema, head: auditHeadSchema }),
]);

export type AuditLook = z.infer<typeof auditLookSchema>;
