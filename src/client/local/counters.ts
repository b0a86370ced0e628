import * as z from 'zod/mini';
import { uuidFrom } from './random-id.ts';
import type { Change } from './database.ts';
import { entryOfRow } from './outbox-row.ts';

const countersRowSchema = z.object({
  channel: z.string(),
  id: z.string(),
  revision: z.number(),
  finished: z.number(),
  acknowledged: z.number(),
  /** A row of an older build has none. */
  uncounted: z.optional(z.number()),
  reported: z.number(),
});

/**
 * What became of the responses of one channel on this device. `id`: random, made for this channel on this device;
 * `uncounted`: of the acknowledged ones those that the server never counts;
 * `revision`: grows with every change; `reported`: the revision that the server knows. What waits or was refused is not counted but found in the outbox: finished = acknowledged + rows there.
 */
export type CountersRow = z.infer<typeof countersRowSchema>;

/** How the counters of a channel change. */
export interface CountChange {
  channel: string;
  finished: number;
  acknowledged: number;
  uncounted?: number;
}

export function readCounters(row: unknown): CountersRow | null {
  return countersRowSchema.safeParse(row).data ?? null;
}

/** Changes the counters, inside the transaction that makes the change. */
export async function count(change: Change, changes: readonly CountChange[]): Promise<void> {
  const counters = change.objectStore('counters');
  for (const channel of new Set(changes.map((one) => one.channel))) {
    const row = readCounters(await counters.get(channel)) ?? newCounters(channel);
    for (const one of changes.filter((each) => each.channel === channel)) {
      row.finished += one.finished;
      row.acknowledged += one.acknowledged;
      if (one.uncounted) row.uncounted = (row.uncounted ?? 0) + one.uncounted;
    }
    await counters.put({ ...row, revision: row.revision + 1 });
  }
}

/** Counts what waited before there were counters. */
export async function countRows(change: Change): Promise<void> {
  const rows: unknown[] = await change.objectStore('outbox').getAll();
  const entries = rows.flatMap((row) => entryOfRow(row) ?? []);
  await count(
    change,
    entries.map(({ envelope }) => ({ channel: envelope.channel, finished: 1, acknowledged: 0 })),
  );
}

function newCounters(channel: string): CountersRow {
  return {
    channel,
    id: uuidFrom(crypto.getRandomValues(new Uint8Array(16))),
    revision: 0,
    finished: 0,
    acknowledged: 0,
    reported: 0,
  };
}
