import * as z from 'zod/mini';

/**
 * What the log of changes and exports can tell. The words are in locales/<lang>/admin.json under audit.actions. An action
 * that is no longer made stays here, as old entries still have it.
 */
const AUDIT_ACTIONS = [
  'account-made',
  'signed-in',
  'signed-out',
  'password-changed',
  'session-ended',
  'two-factor-on',
  'two-factor-off',
  'person-invited',
  'invitation-withdrawn',
  'role-changed',
  'person-removed',
  'log-exported',
  'assessment-made',
  'assessment-changed',
  'assessment-state-changed',
  'assessment-copied',
  'assessment-deleted',
  'assessment-brought-back',
  'channel-changed',
  'device-written-off',
  'set-aside-retried',
  'set-aside-exported',
  'oit-changed',
  'oit-exported',
  'card-changed',
  'report-exported',
  'responses-exported',
] as const;

const auditActionSchema = z.enum(AUDIT_ACTIONS);

export type AuditAction = z.infer<typeof auditActionSchema>;

/** What an entry may say besides: short, of the office and its accounts, never of a respondent or an answer. */
const AUDIT_DETAILS = [
  'channel',
  'state',
  'service',
  'department',
  'item',
  'person',
  'role',
  'format',
  'count',
  'year',
] as const;

const auditDetailsSchema = z.partialRecord(
  z.enum(AUDIT_DETAILS),
  z.string().check(z.maxLength(100)),
);

/** By the detail's name, as plain text: `{channel: 'ABCD2345', state: 'closed'}`. */
export type AuditDetails = z.infer<typeof auditDetailsSchema>;
