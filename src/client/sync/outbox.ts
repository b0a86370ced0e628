import type { ReadonlySignal } from '@preact/signals';
import type { Envelope } from '#core/contract/envelope.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import type { OutboxKeeping } from '../local/outbox-store.ts';

/** The device's outbox as the survey sees it. Loaded after the first question is usable. */
export interface Outbox {
  readonly keeping: OutboxKeeping;
  /** Every envelope the server has not acknowledged yet, and those acknowledged since this page was opened. */
  readonly entries: ReadonlySignal<readonly OutboxEntry[]>;
  /** How many stored envelopes this build cannot read. They stay on the device. */
  readonly unreadable: ReadonlySignal<number>;
  /**
   * Stores a finished response; resolves once it is safely written, rejects if it could not be kept. Then starts sending.
   * Keeping the same envelope again changes nothing.
   */
  keep(envelope: Envelope): Promise<void>;
  /** Tries everything again at once, whatever the waiting time, also what the server refused. */
  sendNow(): void;
}
