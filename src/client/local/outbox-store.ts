import type { OutboxEntry } from '#core/outbox/entry.ts';

/** Where the outbox lives: `memory` when the browser gives no lasting storage (private mode), gone with the page. */
export type OutboxKeeping = 'device' | 'memory';

export interface StoredOutbox {
  /** In the order of `keptAt`, each queued or refused. */
  entries: OutboxEntry[];
  /** How many rows this build cannot read. They stay where they are: a newer build may have written them. */
  unreadable: number;
}

/**
 * What outlives the page. Each call is one transaction that happens whole or not at all; a promise that resolves says
 * that it is on disk, and one that rejects (also when the time limit has passed) promises nothing.
 */
export interface OutboxStore {
  readonly keeping: OutboxKeeping;
  read(): Promise<StoredOutbox>;
  /** Adds the entries, or replaces those with the same envelope id. */
  write(entries: readonly OutboxEntry[]): Promise<void>;
  /** Removes the entries with these envelope ids; ids that are not there are passed over. */
  remove(ids: readonly string[]): Promise<void>;
}
