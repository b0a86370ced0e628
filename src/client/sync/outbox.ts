import type { ReadonlySignal } from '@preact/signals';
import type { Envelope } from '#core/contract/envelope.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';

/** Where the outbox lives: `memory` when the browser gives no lasting storage (private mode), gone with the page. */
export type OutboxKeeping = 'device' | 'memory';

/** The device's outbox as the survey sees it. Loaded after the first question is usable. */
export interface Outbox {
  readonly keeping: OutboxKeeping;
  /** Every envelope the server has not acknowledged yet, and those acknowledged since this page was opened. */
  readonly entries: ReadonlySignal<readonly OutboxEntry[]>;
  /** Stores a finished response; resolves once it is safely written, rejects if it could not be kept. Then starts sending. */
  keep(envelope: Envelope): Promise<void>;
  /** Tries again at once, whatever the waiting time. */
  sendNow(): void;
}
