import type { Envelope } from '../contract/envelope.ts';
import { MAX_BATCH_ENVELOPES } from '../contract/protocol.ts';
import type { OutboxEntry } from './entry.ts';
import type { SendFailure } from './failure.ts';
import type { SentResult } from './sent-result.ts';

/** What one tab knows of the outbox. Times are milliseconds since the epoch. */
export interface OutboxState {
  /** In the order in which they came to be known. Those in state `sending` are the batch under way; there is one at most. */
  readonly entries: readonly OutboxEntry[];
  /** Whether this tab may send. Only one tab sends at a time, as far as the browser lets us see to it. */
  readonly turn: 'none' | 'asked' | 'held';
  /** Requests in a row that settled nothing; the time to the next try grows with them. */
  readonly failures: number;
  /** Most envelopes in the next batch: halved by what may be too much, doubled by every success. */
  readonly batchLimit: number;
  /** The server asked for quiet until then (Retry-After); 0 where it did not. */
  readonly quietUntil: number;
}

export const EMPTY_OUTBOX: OutboxState = {
  entries: [],
  turn: 'none',
  failures: 0,
  batchLimit: MAX_BATCH_ENVELOPES,
  quietUntil: 0,
};

export type OutboxEvent =
  /** The page was opened, or another tab changed the store: all that the store holds now. */
  | { kind: 'opened'; entries: readonly OutboxEntry[] }
  /** A finished response was written to the store. */
  | { kind: 'kept'; entry: OutboxEntry }
  /** The turn to send is ours; with what the store holds at this moment. */
  | { kind: 'send-started'; entries: readonly OutboxEntry[] }
  /** The reply to the batch under way, each result parsed. */
  | { kind: 'replied'; results: readonly SentResult[] }
  /** The batch under way came to nothing. */
  | { kind: 'failed'; failure: SendFailure }
  /** Another tab had these acknowledged, and removed them from the store. */
  | { kind: 'acknowledged-elsewhere'; ids: readonly string[] }
  /** A person wants everything tried at once. */
  | { kind: 'send-now' }
  /** `time`: a wake-at has come; `sign`: the browser says that something changed (online, visible again). */
  | { kind: 'woke'; cause: 'time' | 'sign' };

export type OutboxEffect =
  /** Take the turn to send, then tell `send-started`. */
  | { kind: 'start-sending' }
  | { kind: 'send'; envelopes: readonly Envelope[] }
  /** Give the turn back. */
  | { kind: 'stop-sending' }
  /** Tell `woke` at that time; replaces the time told before. */
  | { kind: 'wake-at'; time: number }
  /** Remove from the store: the server holds them. */
  | { kind: 'remove'; ids: readonly string[] }
  /** Write to the store, replacing what is there. */
  | { kind: 'write'; entries: readonly OutboxEntry[] };

export interface OutboxStep {
  readonly state: OutboxState;
  readonly effects: readonly OutboxEffect[];
}
