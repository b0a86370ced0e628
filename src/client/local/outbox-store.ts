import type { DeviceReport } from '#core/contract/device-report.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';

export interface StoredOutbox {
  /** In the order of `keptAt`, each queued or refused. */
  entries: OutboxEntry[];
  /** How many rows this build cannot read. They stay where they are: a newer build may have written them. */
  unreadable: number;
  /** How many of this device the server has and never counts, since its data was cleared. */
  uncounted: number;
}

/**
 * What outlives the page. Each call is one transaction that happens whole or not at all and can be repeated; a promise that
 * resolves says that it is on disk, and one that rejects (also when the time limit has passed) promises nothing: it may still
 * happen later. `now` is in milliseconds since the epoch.
 */
export interface OutboxStore {
  read(): Promise<StoredOutbox>;
  /**
   * Adds the entries, or replaces those with the same envelope id. What is among the acknowledged copies stays there. Each
   * envelope is counted as finished once.
   */
  write(entries: readonly OutboxEntry[]): Promise<void>;
  /**
   * Moves the entries from what waits to the copies of what the server holds, and lets those copies of this epoch go that
   * are older than `reofferDays`. What came without a code, or with one that was spent, leaves no copy: a restored server that found
   * the code unspent would count it in the place of the one that came first.
   */
  acknowledge(
    entries: readonly OutboxEntry[],
    standing: ServerStanding | null,
    now: number,
  ): Promise<void>;
  /**
   * Moves the copies of every other epoch back to what waits; where there is no room for that they stay where they are.
   * Resolves with all that is to be sent again for the epoch, also what an earlier call moved.
   */
  reoffer(standing: ServerStanding, now: number): Promise<OutboxEntry[]>;
  /**
   * What is to be reported of each channel, with a new revision: of all of them, or only where something has changed since
   * the server was told.
   */
  readReports(which: 'all' | 'due', now: number, isNearlyFull: boolean): Promise<DeviceReport[]>;
  /** The server has this report. */
  markReported(report: DeviceReport): Promise<void>;
}
