import type * as z from 'zod/mini';
import { DEVICE_PROBLEM_STATUS, problemSchemaOf } from './device-problem.ts';

/**
 * Every way the server can say no (RFC 9457), with its HTTP status. The code is stable and travels; the words are in
 * locales/<lang>/problems.json under the same code. A retired code stays here as a comment.
 */
export const PROBLEM_STATUS = {
  ...DEVICE_PROBLEM_STATUS,
  'sign-in-failed': 401,
  'sign-in-expired': 401,
  'name-taken': 409,
  'last-owner': 409,
  'set-up-link-used': 410,
  'display-ended': 410,
  'kiosk-link-used': 410,
  'changed-meanwhile': 412,
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
  'too-many-attempts': 429,
  'counting-underway': 503,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

const problemCodes = Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]];

/** Of storage-unavailable, the `detail` where it is the server's disk that has no room. */
export const DISK_FULL = 'disk-full';

export const problemSchema = problemSchemaOf(problemCodes);

export type Problem = z.infer<typeof problemSchema>;

/** The problem as it travels. */
export function problemOf<Code extends ProblemCode>(
  code: Code,
  detail?: string,
): Problem & { code: Code } {
  const problem = {
    type: `urn:sucharit:problem:${code}`,
    title: code.replace(/-/g, ' '),
    status: PROBLEM_STATUS[code],
    code,
  };
  return detail === undefined ? problem : { ...problem, detail };
}
