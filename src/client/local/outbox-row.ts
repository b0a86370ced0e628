import * as z from 'zod/mini';
import { envelopeSchema } from '#core/contract/envelope.ts';
import { deviceProblemSchema } from '#core/contract/device-problem.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';

/** Only what outlives a page is stored: whether an envelope was being sent or waited is no more true in the next one. */
export const outboxRowSchema = z.object({
  id: z.string(),
  envelope: envelopeSchema,
  keptAt: z.number(),
  reofferedIn: z.optional(z.string()),
  state: z.union([
    z.object({ kind: z.literal('queued') }),
    z.object({
      kind: z.literal('refused'),
      problem: deviceProblemSchema,
      epoch: z.optional(z.string()),
    }),
  ]),
});

export type OutboxRow = z.infer<typeof outboxRowSchema>;

export function rowOf({ envelope, keptAt, reofferedIn, state }: OutboxEntry): OutboxRow {
  return {
    id: envelope.id,
    envelope,
    keptAt,
    ...(reofferedIn === undefined ? {} : { reofferedIn }),
    state: state.kind === 'refused' ? state : { kind: 'queued' },
  };
}

/** The entry in a row, or null if the row cannot be read. */
export function entryOfRow(row: unknown): OutboxEntry | null {
  const parsed = outboxRowSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id: _, ...stored } = parsed.data;
  return { ...stored, attempts: 0, isStored: true };
}
