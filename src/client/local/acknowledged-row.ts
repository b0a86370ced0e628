import * as z from 'zod/mini';
import { envelopeSchema, type Envelope } from '#core/contract/envelope.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';

const acknowledgedRowSchema = z.object({
  id: z.string(),
  envelope: envelopeSchema,
  /** In which the server acknowledged it; empty where it did not tell. */
  epoch: z.string(),
  /** When, in days of the device's calendar (calendar.ts): no moment, and no date either. */
  day: z.number(),
  /** 1 where the server never counts it, as it does not know its code. */
  uncounted: z.optional(z.number()),
});

export type AcknowledgedRow = z.infer<typeof acknowledgedRowSchema>;

export function acknowledgedRowOf(
  envelope: Envelope,
  epoch: string,
  day: number,
  isUncounted = false,
): AcknowledgedRow {
  return { id: envelope.id, envelope, epoch, day, ...(isUncounted && { uncounted: 1 }) };
}

/** The entry that is offered again, waiting from `now` on; null if the row cannot be read. */
export function entryToReoffer(row: unknown, epoch: string, now: number): OutboxEntry | null {
  const parsed = acknowledgedRowSchema.safeParse(row);
  if (!parsed.success) return null;
  const { envelope } = parsed.data;
  return {
    envelope,
    keptAt: now,
    attempts: 0,
    isStored: true,
    reofferedIn: epoch,
    state: { kind: 'queued' },
  };
}
