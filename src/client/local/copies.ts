import type { ServerStanding } from '#core/contract/epoch.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { entryToReoffer } from './acknowledged-row.ts';
import { dayOf } from './calendar.ts';
import { count } from './counters.ts';
import type { Change } from './database.ts';
import { deleteAll, getAll, putAll } from './many-rows.ts';
import { rowOf } from './outbox-row.ts';

/** Most copies in one call, so that none of thousands of copies comes near the time limit on an old tablet. */
export const MOST_TAKEN_BACK = 100;

/** The copies by their epoch, as far as they are read. */
interface ByEpoch {
  iterate(range: IDBKeyRange): AsyncIterable<{ readonly value: unknown }>;
}

/** Of other epochs nothing goes: whether the server still has that is not known. */
export async function expire(
  change: Change,
  epoch: string,
  reofferDays: number,
  day: number,
): Promise<void> {
  const old = IDBKeyRange.upperBound(day - reofferDays);
  const byDay = change.objectStore('acknowledged').index('day');
  for await (const cursor of byDay.iterate(old))
    if (cursor.value.epoch === epoch) await cursor.delete();
}

/** What was acknowledged in another epoch than this, at most so many, waiting from `now` on. */
export async function copiesOfOtherEpochs(
  byEpoch: ByEpoch,
  epoch: string,
  most: number,
  now: number,
): Promise<OutboxEntry[]> {
  const copies: OutboxEntry[] = [];
  for (const others of [IDBKeyRange.upperBound(epoch, true), IDBKeyRange.lowerBound(epoch, true)])
    for await (const { value } of byEpoch.iterate(others)) {
      if (copies.length === most) return copies;
      // What this build cannot read stays, and must not stand before what it can.
      const copy = entryToReoffer(value, epoch, now);
      if (copy) copies.push(copy);
    }
  return copies;
}

/** Moves some copies of other epochs to what waits. Resolves with whether there may be more. */
export async function takeSomeBack(
  change: Change,
  { epoch, reofferDays }: ServerStanding,
  now: number,
): Promise<boolean> {
  const outbox = change.objectStore('outbox');
  const acknowledged = change.objectStore('acknowledged');
  const byEpoch = acknowledged.index('epoch');
  const entries = await copiesOfOtherEpochs(byEpoch, epoch, MOST_TAKEN_BACK, now);
  const ids = entries.map(({ envelope }) => envelope.id);
  const copies = await getAll(acknowledged, ids);
  await putAll(outbox, entries.map(rowOf));
  await deleteAll(acknowledged, ids);
  await count(
    change,
    entries.map(({ envelope: { channel } }, place) => ({
      channel,
      finished: 0,
      acknowledged: -1,
      uncounted: -(copies[place]?.uncounted ?? 0),
    })),
  );
  await expire(change, epoch, reofferDays, await dayOf(change, now));
  return entries.length === MOST_TAKEN_BACK;
}
