import type { AcknowledgedRow } from './acknowledged-row.ts';
import type { Database } from './database.ts';
import { troubleOf } from './storage-trouble.ts';
import { withinTime } from './within-time.ts';

/** `outweighs-copies`: where there is no room, spare copies of what the server holds go for it. */
export type CallWeight = 'outweighs-copies' | 'light';

/** Makes a storage call that can be repeated; rejects if it fails for good. */
export type Insist = <T>(transaction: () => PromiseLike<T>, weight?: CallWeight) => Promise<T>;

/**
 * Every call has a time limit. Browsers close the connection under a living page now and then and some never say so; then it
 * is opened anew and the call made once more. Where there is no room for a call that outweighs them, the oldest copies of
 * what the server holds go, half of them at a time, and the call is made again; `isSpare` says of which that may be done. While
 * another page blocks the upgrade every call rejects at once.
 */
export function insistOn(
  database: Database,
  limitMs: number,
  isSpare: (copy: AcknowledgedRow) => boolean,
): Insist {
  /** How often the connection was opened anew; calls that met the dead one together need one new one, and do not end it. */
  let connections = 0;
  let reopening: Promise<void> | null = null;

  async function reopen(): Promise<void> {
    try {
      database.close();
      await withinTime(database.open(), limitMs);
    } finally {
      connections += 1;
      reopening = null;
    }
  }

  /** Whether there was anything to forget. */
  async function forgetOldCopies(): Promise<boolean> {
    const forgotten = database.transaction(['acknowledged'], 'readwrite', async (transaction) => {
      const acknowledged = transaction.objectStore('acknowledged');
      let left = Math.ceil((await acknowledged.count()) / 2);
      let isAny = false;
      for await (const cursor of acknowledged.index('day')) {
        if (left === 0) break;
        if (!isSpare(cursor.value)) continue;
        await cursor.delete();
        isAny = true;
        left -= 1;
      }
      return isAny;
    });
    return withinTime(forgotten, limitMs);
  }

  async function insist<T>(
    transaction: () => PromiseLike<T>,
    weight: CallWeight,
    isAgain = false,
  ): Promise<T> {
    const connection = connections;
    try {
      return await withinTime(transaction(), limitMs);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'full' && weight === 'outweighs-copies' && (await forgetOldCopies()))
        return insist(transaction, weight, isAgain);
      if (trouble !== 'unavailable' || isAgain) throw error;
      if (connection === connections) await (reopening ??= reopen());
      return insist(transaction, weight, true);
    }
  }

  return async (transaction, weight = 'light') => insist(transaction, weight);
}
