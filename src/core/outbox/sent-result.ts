import * as z from 'zod/mini';
import { deviceProblemSchema } from '../contract/device-problem.ts';

/**
 * What a device has to understand of one result in a reply (contract/batch.ts): that the server holds the envelope now, or
 * why it does not. Why one is quarantined or never counted is the server's affair: a reason that this build does not know yet must not make
 * it send for ever what has arrived. No discriminated union, here and in what a device keeps: its code is half a kB on each phone.
 */
export const sentResultSchema = z.union([
  z.object({
    id: z.string(),
    result: z.enum(['accepted', 'duplicate', 'conflict', 'quarantined']),
  }),
  z.object({
    id: z.string(),
    result: z.literal('uncounted'),
    problem: z.object({ code: z.string() }),
  }),
  z.object({
    id: z.nullable(z.string()),
    result: z.literal('refused'),
    problem: deviceProblemSchema,
  }),
]);

export type SentResult = z.infer<typeof sentResultSchema>;
