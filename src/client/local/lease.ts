import * as z from 'zod/mini';
import type { Change, Database } from './database.ts';
import { STORAGE_LIMIT_MS } from './device-store.ts';
import { withinTime } from './within-time.ts';

const NAME = 'sending';

const leaseRowSchema = z.object({ name: z.string(), holder: z.string(), until: z.number() });

/** Who may send until when, in milliseconds since the epoch by the device's clock. */
export type LeaseRow = z.infer<typeof leaseRowSchema>;

/** The turn to send on a device without Web Locks: a tab that died holds it only until it ends. */
export interface Lease {
  /** Whether it is ours now. Rejects where the storage cannot be used. */
  take(): Promise<boolean>;
  /** Never rejects. */
  giveBack(): Promise<void>;
}

/** `now`: milliseconds since the epoch; `lengthMs`: how long the lease is given for. */
export function createLease(
  database: Database,
  now: () => number,
  lengthMs: number,
  limitMs = STORAGE_LIMIT_MS,
): Lease {
  /** This tab's name. */
  const holder = String(Math.random());
  const within = <T>(work: (change: Change) => Promise<T>) =>
    withinTime(database.transaction(['leases'], 'readwrite', work), limitMs);
  return {
    async take() {
      return within(async (change) => {
        const leases = change.objectStore('leases');
        const lease = leaseRowSchema.safeParse(await leases.get(NAME)).data;
        const restMs = lease === undefined ? 0 : lease.until - now();
        // One that would last longer than any is given for was begun before the clock was set back.
        if (lease !== undefined && lease.holder !== holder && restMs > 0 && restMs <= lengthMs)
          return false;
        await leases.put({ name: NAME, holder, until: now() + lengthMs });
        return true;
      });
    },
    async giveBack() {
      await within(async (change) => {
        const leases = change.objectStore('leases');
        const lease = leaseRowSchema.safeParse(await leases.get(NAME)).data;
        if (lease?.holder === holder) await leases.delete(NAME);
      }).catch(() => undefined);
    },
  };
}
