import * as z from 'zod/mini';
import { integerSchema } from './integer-schema.ts';

/**
 * Every way the server can say no (RFC 9457), with its HTTP status. The code is stable and travels; the words are in
 * locales/<lang>/problems.json under the same code. A retired code stays here as a comment.
 */
export const PROBLEM_STATUS = {
  'malformed-json': 400,
  'not-utf8': 400,
  'invalid-request': 400,
  'channel-mistyped': 400,
  'too-many-envelopes': 413,
  'body-too-large': 413,
  'envelope-malformed': 422,
  'digest-mismatch': 422,
  'response-malformed': 422,
  'seal-broken': 422,
  'seal-key-unknown': 422,
  'code-missing': 422,
  'code-unknown': 422,
  'code-spent': 422,
  'instrument-unknown': 422,
  'instrument-mismatch': 422,
  'item-missing': 422,
  'item-unknown': 422,
  'option-out-of-range': 422,
  'field-missing': 422,
  'field-unknown': 422,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'sign-in-expired': 401,
  'cross-site': 403,
  'not-allowed': 403,
  'not-found': 404,
  'channel-unknown': 404,
  'kiosk-unknown': 404,
  'name-taken': 409,
  'last-owner': 409,
  'set-up-link-used': 410,
  'display-ended': 410,
  'kiosk-link-used': 410,
  'changed-meanwhile': 412,
  'outdated-client': 426,
  'department-in-use': 409,
  'too-many-departments': 409,
  'threshold-told': 409,
  'assessment-archived': 409,
  'year-taken': 409,
  'organization-exists': 409,
  'organization-in-use': 409,
  'password-too-weak': 422,
  'passkey-refused': 422,
  'passkey-unknown': 401,
  'too-many-requests': 429,
  'too-many-attempts': 429,
  'work-wanted': 429,
  internal: 500,
  'counting-underway': 503,
  'storage-unavailable': 503,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

const problemCodes = Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]];

/** Of storage-unavailable, the `detail` where it is the server's disk that has no room. */
export const DISK_FULL = 'disk-full';

/** `detail` names the place, such as an item's code or a field's path; it never repeats what was sent. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: integerSchema,
  code: z.enum(problemCodes),
  detail: z.optional(z.string()),
  /**
   * Of work-wanted, `MOST SALT CHALLENGE SIGNATURE`: wanted is the number from 0 to MOST for which the SHA-256 of SALT and that number
   * is CHALLENGE. The batch comes again with `NUMBER SALT CHALLENGE SIGNATURE` in the header field WORK_HEADER.
   */
  work: z.optional(z.string()),
});

export type Problem = z.infer<typeof problemSchema>;

/** The problem as it travels. */
export function problemOf(code: ProblemCode, detail?: string): Problem {
  const problem = {
    type: `urn:sucharit:problem:${code}`,
    title: code.replace(/-/g, ' '),
    status: PROBLEM_STATUS[code],
    code,
  };
  return detail === undefined ? problem : { ...problem, detail };
}
