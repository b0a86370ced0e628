import type { ReadonlySignal } from '@preact/signals';
import type { Envelope } from '#core/contract/envelope.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import type { StorageRoom } from '../local/storage-room.ts';
import type { StorageTrouble } from '../local/storage-trouble.ts';

export type { StorageTrouble };

/** Where the outbox lives: `memory` when the browser gives no lasting storage (private mode), gone with the page. */
export type OutboxKeeping = 'device' | 'memory';

/** The device's outbox as the survey sees it. Loaded after the first question is usable. */
export interface Outbox {
  /** By the last use of the device's storage; reads `trouble`. */
  readonly keeping: OutboxKeeping;
  /** Every envelope the server has not acknowledged yet, and the latest of those acknowledged since this page was opened. */
  readonly entries: ReadonlySignal<readonly OutboxEntry[]>;
  /** How many more were acknowledged since then. */
  readonly forgotten: ReadonlySignal<number>;
  /** How many stored envelopes this build cannot read. They stay on the device. */
  readonly unreadable: ReadonlySignal<number>;
  /** How many of this device the server has and never counts. */
  readonly uncounted: ReadonlySignal<number>;
  /** What is wrong with the device's storage, as of the last time it was used. */
  readonly trouble: ReadonlySignal<StorageTrouble>;
  /** How much room the browser gives; null until it has told. */
  readonly room: ReadonlySignal<StorageRoom | null>;
  /**
   * Stores a finished response, then starts sending it. Resolves once it is written, or could not be: then its entry says
   * `isStored: false`, this page holds it, and writes it again at every sign. Never rejects for want of storage. Keeping the
   * same envelope again changes nothing. One that may not be stored is held by this page alone, from beginning to end.
   */
  keep(envelope: Envelope, mayBeStored?: boolean): Promise<void>;
  /** Tries everything again at once, whatever the waiting time, also what the server refused. */
  sendNow(): void;
}
