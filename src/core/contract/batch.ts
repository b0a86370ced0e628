import * as z from 'zod/mini';
import { envelopeSchema } from './envelope.ts';
import { serverStandingSchema } from './epoch.ts';
import { MAX_BATCH_ENVELOPES } from './protocol.ts';
import { deviceProblemSchema } from './device-problem.ts';

/** What a device posts to /api/v1/batches. */
export const batchSchema = z.strictObject({
  envelopes: z.array(envelopeSchema).check(z.minLength(1), z.maxLength(MAX_BATCH_ENVELOPES)),
});

/** The same border as the server reads it: each envelope is judged alone, so that a bad one does not stop the rest. */
export const batchOfUnknownsSchema = z.strictObject({
  envelopes: z.array(z.unknown()).check(z.minLength(1)),
});

/**
 * What became of one envelope. accepted: stored now; duplicate: stored before (same id, same digest); conflict: another
 * body under the id, both kept; quarantined: instrument or version not known yet, kept; uncounted: kept apart and never counted, for want of
 * a code that opens; refused: not kept, see problem.
 * `id` is null only where the envelope had none that could be read.
 */
export const batchResultSchema = z.discriminatedUnion('result', [
  z.object({ id: z.string(), result: z.literal('accepted') }),
  z.object({ id: z.string(), result: z.literal('duplicate') }),
  z.object({ id: z.string(), result: z.literal('conflict') }),
  z.object({ id: z.string(), result: z.literal('quarantined'), problem: deviceProblemSchema }),
  z.object({ id: z.string(), result: z.literal('uncounted'), problem: deviceProblemSchema }),
  z.object({
    id: z.nullable(z.string()),
    result: z.literal('refused'),
    problem: deviceProblemSchema,
  }),
]);

export type BatchResult = z.infer<typeof batchResultSchema>;

/** One result for each envelope, in the order they were sent. Sent only after the commit is on disk. */
export const batchReplySchema = z.extend(serverStandingSchema, {
  results: z.array(batchResultSchema),
});

export type BatchReply = z.infer<typeof batchReplySchema>;
