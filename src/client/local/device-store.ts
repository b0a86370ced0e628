import type { Database } from './database.ts';
import { entryOfRow, rowOf } from './outbox-row.ts';
import type { OutboxStore } from './outbox-store.ts';
import { withinTime } from './within-time.ts';

/**
 * How long one storage call may take before its connection counts as dead. A write takes milliseconds, on a busy old tablet
 * a second; and a person who pressed Send waits for three of these at the worst: the call, a new connection, the call again.
 */
export const STORAGE_LIMIT_MS = 5_000;

/**
 * The outbox in IndexedDB. Every call is an explicit transaction with a time limit. Browsers close the connection under
 * a living page now and then and some never say so; then it is opened anew and the call made once more, which is safe
 * because each of them can be repeated.
 */
export function createDeviceStore(database: Database, limitMs = STORAGE_LIMIT_MS): OutboxStore {
  const { outbox } = database;

  async function insist<T>(transaction: () => PromiseLike<T>): Promise<T> {
    try {
      return await withinTime(transaction(), limitMs);
    } catch {
      database.close();
      await withinTime(database.open(), limitMs);
      return withinTime(transaction(), limitMs);
    }
  }

  return {
    keeping: 'device',
    async read() {
      const rows: unknown[] = await insist(() =>
        database.transaction('r', outbox, () => outbox.toArray()),
      );
      const entries = rows.flatMap((row) => entryOfRow(row) ?? []);
      entries.sort((a, b) => a.keptAt - b.keptAt);
      return { entries, unreadable: rows.length - entries.length };
    },
    async write(entries) {
      await insist(() =>
        database.transaction('rw', outbox, async () => {
          await outbox.bulkPut(entries.map(rowOf));
        }),
      );
    },
    async remove(ids) {
      await insist(() =>
        database.transaction('rw', outbox, async () => {
          await outbox.bulkDelete([...ids]);
        }),
      );
    },
  };
}
