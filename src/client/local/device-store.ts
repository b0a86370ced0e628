import type { ServerStanding } from '#core/contract/epoch.ts';
import { DEFAULT_REOFFER_DAYS } from '#core/contract/protocol.ts';
import { uncountedReason, type OutboxEntry } from '#core/outbox/entry.ts';
import { acknowledgedRowOf, entryToReoffer } from './acknowledged-row.ts';
import { dayOf } from './calendar.ts';
import { count, readCounters } from './counters.ts';
import type { Database } from './database.ts';
import { insistOn, type CallWeight } from './insist.ts';
import { entryOfRow, rowOf } from './outbox-row.ts';
import type { OutboxStore } from './outbox-store.ts';
import { markReported, readReports, readRevised, reviseCounters } from './reports.ts';
import { troubleOf } from './storage-trouble.ts';

/**
 * How long one storage call may take before its connection counts as dead. A write takes milliseconds, on a busy old tablet
 * a second; and a person who pressed Send waits for three of these at the worst: the call, a new connection, the call again.
 */
export const STORAGE_LIMIT_MS = 5_000;

/** Most copies in one call, so that none of thousands of copies comes near the time limit on an old tablet. */
export const MOST_TAKEN_BACK = 100;

/** The outbox in IndexedDB. Every call is an explicit transaction. */
export function createDeviceStore(database: Database, limitMs = STORAGE_LIMIT_MS): OutboxStore {
  const { outbox, acknowledged, counters, calendar } = database;
  /** The epoch in force, as far as this page heard. What was acknowledged in another one may be nowhere else but here. */
  let heard: string | undefined;
  const insist = insistOn(database, limitMs, ({ epoch }) => heard === undefined || epoch === heard);
  const change = async <T>(work: () => Promise<T>, weight: CallWeight = 'light'): Promise<T> =>
    insist(
      () => database.transaction('rw', [outbox, acknowledged, counters, calendar], work),
      weight,
    );

  /** Inside a transaction. Of other epochs nothing goes: whether the server still has that is not known. */
  async function expire(epoch: string, reofferDays: number, day: number): Promise<void> {
    await acknowledged
      .where('day')
      .belowOrEqual(day - reofferDays)
      .and((row) => row.epoch === epoch)
      .delete();
  }

  /** At most so many. Inside a transaction. */
  async function copiesOfOtherEpochs({ epoch }: ServerStanding, most: number, now: number) {
    const rows: unknown[] = await acknowledged
      .where('epoch')
      .notEqual(epoch)
      // What this build cannot read stays, and must not stand before what it can.
      .filter((row) => entryToReoffer(row, epoch, now) !== null)
      .limit(most)
      .toArray();
    return rows.flatMap((row) => entryToReoffer(row, epoch, now) ?? []);
  }

  /** Moves some copies of other epochs to what waits, inside a transaction. Resolves with whether there may be more. */
  async function takeSomeBack(standing: ServerStanding, now: number): Promise<boolean> {
    const { epoch, reofferDays } = standing;
    const entries = await copiesOfOtherEpochs(standing, MOST_TAKEN_BACK, now);
    await outbox.bulkPut(entries.map(rowOf));
    await acknowledged.bulkDelete(entries.map(({ envelope }) => envelope.id));
    await count(
      database,
      entries.map(({ envelope: { channel } }) => ({ channel, finished: 0, acknowledged: -1 })),
    );
    await expire(epoch, reofferDays, await dayOf(database, now));
    return entries.length === MOST_TAKEN_BACK;
  }

  /** Takes all copies of other epochs back; resolves with those for which there is no room, and which stay where they are. */
  async function takeAllBack(standing: ServerStanding, now: number): Promise<OutboxEntry[]> {
    try {
      let isMore = true;
      while (isMore) isMore = await change(async () => takeSomeBack(standing, now));
      return [];
    } catch (error) {
      if (troubleOf(error) !== 'full') throw error;
      return insist(() =>
        database.transaction('r', acknowledged, async () =>
          copiesOfOtherEpochs(standing, Infinity, now),
        ),
      );
    }
  }

  async function readRows(): Promise<unknown[]> {
    return insist(() => database.transaction('r', outbox, () => outbox.toArray()));
  }

  async function readUncounted(): Promise<number> {
    const rows: unknown[] = await insist(() =>
      database.transaction('r', counters, () => counters.toArray()),
    );
    return rows.reduce<number>((sum, row) => sum + (readCounters(row)?.uncounted ?? 0), 0);
  }

  return {
    async read() {
      const rows = await readRows();
      const entries = rows.flatMap((row) => entryOfRow(row) ?? []);
      entries.sort((a, b) => a.keptAt - b.keptAt);
      const unreadable = rows.length - entries.length;
      return { entries, unreadable, uncounted: await readUncounted() };
    },
    async write(entries) {
      const ids = entries.map(({ envelope }) => envelope.id);
      await change(async () => {
        const waiting = await outbox.bulkGet(ids);
        const copies = await acknowledged.bulkGet(ids);
        await count(
          database,
          entries.flatMap(({ envelope }, place) =>
            waiting[place] || copies[place]
              ? []
              : [{ channel: envelope.channel, finished: 1, acknowledged: 0 }],
          ),
        );
        await outbox.bulkPut(entries.filter((_, place) => !copies[place]).map(rowOf));
      }, 'outweighs-copies');
    },
    async acknowledge(entries, standing, now) {
      const ids = entries.map(({ envelope }) => envelope.id);
      const epoch = standing?.epoch ?? '';
      heard = standing?.epoch;
      await change(async () => {
        const waiting = await outbox.bulkGet(ids);
        const copies = await acknowledged.bulkGet(ids);
        await count(
          database,
          entries.flatMap((entry, place) => {
            const { channel } = entry.envelope;
            const uncounted = uncountedReason(entry) ? 1 : 0;
            if (waiting[place]) return [{ channel, finished: 0, acknowledged: 1, uncounted }];
            // What was stored and is in neither table was counted and forgotten.
            return copies[place] || entry.isStored
              ? []
              : [{ channel, finished: 1, acknowledged: 1, uncounted }];
          }),
        );
        const day = await dayOf(database, now);
        await outbox.bulkDelete(ids);
        await acknowledged.bulkPut(
          entries
            .filter((entry) => !uncountedReason(entry))
            .map(({ envelope }) => acknowledgedRowOf(envelope, epoch, day)),
        );
        await expire(epoch, standing?.reofferDays ?? DEFAULT_REOFFER_DAYS, day);
      }, 'outweighs-copies');
    },
    async reoffer(standing, now) {
      heard = standing.epoch;
      const left = await takeAllBack(standing, now);
      // Not only what was taken back now: a call that was given up may have done it after all.
      const waiting = (await readRows())
        .flatMap((row) => entryOfRow(row) ?? [])
        .filter(({ reofferedIn }) => reofferedIn === standing.epoch);
      return [...waiting, ...left];
    },
    async readReports(which, now, isNearlyFull) {
      try {
        return await change(async () => {
          const revised = await reviseCounters(database, which);
          return readReports(database, revised, now, isNearlyFull);
        });
      } catch (error) {
        if (troubleOf(error) !== 'full') throw error;
        // Somebody should hear just that, and we of a restore, though the revision cannot be written down.
        return insist(() =>
          database.transaction('r', [outbox, counters], async () =>
            readReports(database, await readRevised(database, 'all'), now, true),
          ),
        );
      }
    },
    async markReported(report) {
      await change(async () => markReported(database, report));
    },
  };
}
