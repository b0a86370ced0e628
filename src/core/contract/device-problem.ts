import * as z from 'zod/mini';
import { integerSchema } from './integer-schema.ts';

/**
 * What a device can hear that asks for a channel or sends, with its HTTP status. Apart from the others in problem.ts, whose names
 * would be fetched on every first visit to be recognized by nobody.
 */
export const DEVICE_PROBLEM_STATUS = {
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
  'cross-site': 403,
  'not-allowed': 403,
  'not-found': 404,
  'channel-unknown': 404,
  'kiosk-unknown': 404,
  'outdated-client': 426,
  'too-many-requests': 429,
  'work-wanted': 429,
  internal: 500,
  'storage-unavailable': 503,
} as const;

/** `detail` names the place, such as an item's code or a field's path; it never repeats what was sent. */
export const problemSchemaOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z.object({
    type: z.string(),
    title: z.string(),
    status: integerSchema,
    code: z.enum(codes),
    detail: z.optional(z.string()),
    /**
     * Of work-wanted, `MOST SALT CHALLENGE SIGNATURE`: wanted is the number from 0 to MOST for which the SHA-256 of SALT and that number
     * is CHALLENGE. The batch comes again with `NUMBER SALT CHALLENGE SIGNATURE` in the header field WORK_HEADER.
     */
    work: z.optional(z.string()),
  });

type DeviceProblemCode = keyof typeof DEVICE_PROBLEM_STATUS;

export const deviceProblemSchema = problemSchemaOf(
  Object.keys(DEVICE_PROBLEM_STATUS) as [DeviceProblemCode, ...DeviceProblemCode[]],
);

export type DeviceProblem = z.infer<typeof deviceProblemSchema>;
