import * as z from 'zod/mini';
import { problemSchema } from './problem.ts';
import { UNCOUNTED_REASONS } from './uncounted.ts';

const countSchema = z.int().check(z.minimum(1));

/**
 * What arrived but is not counted: GET /api/v1/assessments/:id/set-aside. Numbers and reasons, never an answer.
 * `quarantined`: by channel and by the problem that this build has with it now; null = it has none any more, and a retry
 * counts it. `conflicts`: other bodies under known ids. `uncounted`: came without a code that opens, where the
 * staff need one; never counted.
 */
export const setAsideSchema = z.object({
  quarantined: z.array(
    z.object({ channel: z.string(), problem: z.nullable(problemSchema), count: countSchema }),
  ),
  conflicts: z.array(z.object({ channel: z.string(), count: countSchema })),
  uncounted: z.array(
    z.object({ channel: z.string(), reason: z.enum(UNCOUNTED_REASONS), count: countSchema }),
  ),
});

export type SetAside = z.infer<typeof setAsideSchema>;

/** What a retry of the quarantined ones came to: POST /api/v1/assessments/:id/set-aside/retry. */
export const retrySchema = z.object({
  /** Counted from now on. */
  counted: z.int(),
  /** Known already, byte for byte: nothing to count. */
  duplicates: z.int(),
  /** Another body under a known id: with the conflicts from now on. */
  conflicts: z.int(),
  /** Came without a code that opens: kept apart from now on. */
  uncounted: z.int(),
  /** Still quarantined. */
  remaining: z.int(),
});

export type Retry = z.infer<typeof retrySchema>;

/** POST /api/v1/imports, before the envelopes of a file are sent as a device sends them: how many there are in it. */
export const importSchema = z.strictObject({
  responses: z.int().check(z.minimum(1), z.maximum(10_000_000)),
});
