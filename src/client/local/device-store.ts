import type { ServerStanding } from '#core/contract/epoch.ts';
import { DEFAULT_REOFFER_DAYS } from '#core/contract/protocol.ts';
import { uncountedReason, type OutboxEntry } from '#core/outbox/entry.ts';
import { acknowledgedRowOf } from './acknowledged-row.ts';
import { dayOf } from './calendar.ts';
import { copiesOfOtherEpochs, expire, takeSomeBack } from './copies.ts';
import { count, readCounters } from './counters.ts';
import type { Change, Database, TableName } from './database.ts';
import { insistOn, type CallWeight } from './insist.ts';
import { entryOfRow, rowOf } from './outbox-row.ts';
import type { OutboxStore } from './outbox-store.ts';
import { deleteAll, getAll, putAll } from './many-rows.ts';
import { markReported, readReports, readRevised, reviseCounters } from './reports.ts';
import { troubleOf } from './storage-trouble.ts';

/**
 * How long one storage call may take before its connection counts as dead. A write takes milliseconds, on a busy old tablet
 * a second; and a person who pressed Send waits for three of these at the worst: the call, a new connection, the call again.
 */
export const STORAGE_LIMIT_MS = 5_000;

/** Of all that makes an envelope wait or not; never a part of it. */
const ALL_BUT_LEASES: TableName[] = ['outbox', 'acknowledged', 'counters', 'calendar'];

/** A code that is unknown now may be of after the backup that was restored; with one that was spent it would take another's place. */
function leavesCopy(entry: OutboxEntry): boolean {
  const reason = uncountedReason(entry);
  return !reason || reason === 'code-unknown';
}

/** The outbox in IndexedDB. Every call is an explicit transaction. */
export function createDeviceStore(database: Database, limitMs = STORAGE_LIMIT_MS): OutboxStore {
  /** The epoch in force, as far as this page heard. What was acknowledged in another one may be nowhere else but here. */
  let heard: string | undefined;
  const insist = insistOn(database, limitMs, ({ epoch }) => heard === undefined || epoch === heard);
  const change = async <T>(
    work: (change: Change) => Promise<T>,
    weight: CallWeight = 'light',
  ): Promise<T> => insist(() => database.transaction(ALL_BUT_LEASES, 'readwrite', work), weight);

  /** Takes all copies of other epochs back; resolves with those for which there is no room, and which stay where they are. */
  async function takeAllBack(standing: ServerStanding, now: number): Promise<OutboxEntry[]> {
    try {
      let isMore = true;
      while (isMore) isMore = await change(async (all) => takeSomeBack(all, standing, now));
      return [];
    } catch (error) {
      if (troubleOf(error) !== 'full') throw error;
      return insist(() =>
        database.transaction(['acknowledged'], 'readonly', async (reading) =>
          copiesOfOtherEpochs(
            reading.objectStore('acknowledged').index('epoch'),
            standing.epoch,
            Infinity,
            now,
          ),
        ),
      );
    }
  }

  async function readRows(table: 'outbox' | 'counters'): Promise<unknown[]> {
    return insist(() =>
      database.transaction([table], 'readonly', async (reading) =>
        reading.objectStore(table).getAll(),
      ),
    );
  }

  async function readUncounted(): Promise<number> {
    const rows = await readRows('counters');
    return rows.reduce<number>((sum, row) => sum + (readCounters(row)?.uncounted ?? 0), 0);
  }

  return {
    async read() {
      const rows = await readRows('outbox');
      const entries = rows.flatMap((row) => entryOfRow(row) ?? []);
      entries.sort((a, b) => a.keptAt - b.keptAt);
      const unreadable = rows.length - entries.length;
      return { entries, unreadable, uncounted: await readUncounted() };
    },
    async write(entries) {
      const ids = entries.map(({ envelope }) => envelope.id);
      await change(async (all) => {
        const outbox = all.objectStore('outbox');
        const acknowledged = all.objectStore('acknowledged');
        const waiting = await getAll(outbox, ids);
        const copies = await getAll(acknowledged, ids);
        await count(
          all,
          entries.flatMap(({ envelope }, place) =>
            waiting[place] || copies[place]
              ? []
              : [{ channel: envelope.channel, finished: 1, acknowledged: 0 }],
          ),
        );
        await putAll(outbox, entries.filter((_, place) => !copies[place]).map(rowOf));
      }, 'outweighs-copies');
    },
    async acknowledge(entries, standing, now) {
      const ids = entries.map(({ envelope }) => envelope.id);
      const epoch = standing?.epoch ?? '';
      heard = standing?.epoch;
      await change(async (all) => {
        const outbox = all.objectStore('outbox');
        const acknowledged = all.objectStore('acknowledged');
        const waiting = await getAll(outbox, ids);
        const copies = await getAll(acknowledged, ids);
        await count(
          all,
          entries.flatMap((entry, place) => {
            const { channel } = entry.envelope;
            const copy = copies[place];
            const uncounted = (uncountedReason(entry) ? 1 : 0) - (copy?.uncounted ?? 0);
            if (waiting[place]) return [{ channel, finished: 0, acknowledged: 1, uncounted }];
            // For a copy there was no room to be taken back, and it is judged anew.
            if (copy)
              return uncounted ? [{ channel, finished: 0, acknowledged: 0, uncounted }] : [];
            // What was stored and is in neither table was counted and forgotten.
            return entry.isStored ? [] : [{ channel, finished: 1, acknowledged: 1, uncounted }];
          }),
        );
        const day = await dayOf(all, now);
        await deleteAll(outbox, ids);
        await deleteAll(acknowledged, ids);
        await putAll(
          acknowledged,
          entries.filter(leavesCopy).map((entry) => {
            const isUncounted = uncountedReason(entry) !== null;
            return acknowledgedRowOf(entry.envelope, epoch, day, isUncounted);
          }),
        );
        await expire(all, epoch, standing?.reofferDays ?? DEFAULT_REOFFER_DAYS, day);
      }, 'outweighs-copies');
    },
    async reoffer(standing, now) {
      heard = standing.epoch;
      const left = await takeAllBack(standing, now);
      // Not only what was taken back now: a call that was given up may have done it after all.
      const waiting = (await readRows('outbox'))
        .flatMap((row) => entryOfRow(row) ?? [])
        .filter(({ reofferedIn }) => reofferedIn === standing.epoch);
      return [...waiting, ...left];
    },
    async readReports(which, now, isNearlyFull) {
      try {
        return await change(async (all) => {
          const revised = await reviseCounters(all, which);
          return readReports(all.objectStore('outbox'), revised, now, isNearlyFull);
        });
      } catch (error) {
        if (troubleOf(error) !== 'full') throw error;
        // Somebody should hear just that, and we of a restore, though the revision cannot be written down.
        return insist(() =>
          database.transaction(['outbox', 'counters'], 'readonly', async (reading) => {
            const revised = await readRevised(reading.objectStore('counters'), 'all');
            return readReports(reading.objectStore('outbox'), revised, now, true);
          }),
        );
      }
    },
    async markReported(report) {
      await change(async (all) => markReported(all, report));
    },
  };
}
