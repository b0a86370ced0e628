import type { Envelope } from '../contract/envelope.ts';
import type { ServerStanding } from '../contract/epoch.ts';
import { MAX_BATCH_ENVELOPES } from '../contract/protocol.ts';
import type { UncountedReason } from '../contract/uncounted.ts';
import type { OutboxEntry } from './entry.ts';
import type { SendFailure } from './failure.ts';
import type { SentReply } from './read-reply.ts';

/** What one tab knows of the outbox. Times are milliseconds since the epoch. */
export interface OutboxState {
  /** In the order in which they came to be known. Those in state `sending` are the batch under way; there is one at most. */
  readonly entries: readonly OutboxEntry[];
  /** How many acknowledged ones are no longer among the entries. */
  readonly forgotten: number;
  /** Whether this tab may send. Only one tab sends at a time, as far as the browser lets us see to it. */
  readonly turn: 'none' | 'asked' | 'held';
  /** Requests in a row that settled nothing; the time to the next try grows with them. */
  readonly failures: number;
  /** Most envelopes in the next batch: halved by what may be too much, doubled by every success. */
  readonly batchLimit: number;
  /** The server asked for quiet until then (Retry-After); 0 where it did not. */
  readonly quietUntil: number;
  /** What the server told last of itself; null until it did. */
  readonly standing: ServerStanding | null;
  /** The epochs that were in force before, as far as this page heard of them. */
  readonly pastEpochs: readonly string[];
  /** The epoch that was in force, for all we knew, when the batch under way left. */
  readonly sentIn: string | null;
  /** The server wanted work of the batch under way, which is being done or was sent along. */
  readonly isWorkDone: boolean;
  /** The ids of the batch that left last, in the order in which it was drawn. */
  readonly sentIds: readonly string[];
}

export const EMPTY_OUTBOX: OutboxState = {
  entries: [],
  forgotten: 0,
  turn: 'none',
  failures: 0,
  batchLimit: MAX_BATCH_ENVELOPES,
  quietUntil: 0,
  standing: null,
  pastEpochs: [],
  sentIn: null,
  isWorkDone: false,
  sentIds: [],
};

export type OutboxEvent =
  /** The page was opened, or the store was changed by another tab or a re-offer: entries that it holds now. */
  | { kind: 'opened'; entries: readonly OutboxEntry[] }
  /** A finished response was written to the store, or could not be (`isStored`). `holdBackMs`: how long it may be held back. */
  | { kind: 'kept'; entry: OutboxEntry; holdBackMs?: number }
  /** The turn to send is ours; with what the store holds at this moment. */
  | { kind: 'send-started'; entries: readonly OutboxEntry[] }
  /** The store holds these now. */
  | { kind: 'stored'; ids: readonly string[] }
  /** The reply to the batch under way. */
  | ({ kind: 'replied' } & SentReply)
  /** The server told its standing in another reply; `sentIn`: the epoch known when that was asked for. */
  | { kind: 'heard-standing'; standing: ServerStanding; sentIn: string | null }
  /** The batch under way came to nothing. */
  | { kind: 'failed'; failure: SendFailure }
  /** Another tab had these acknowledged in that epoch, and told the store. */
  | {
      kind: 'acknowledged-elsewhere';
      ids: readonly string[];
      epoch: string | null;
      /** Which of them are never counted, and why. */
      uncounted?: readonly { id: string; reason: UncountedReason }[] | undefined;
    }
  /** A person wants everything tried at once. */
  | { kind: 'send-now' }
  /** `time`: a wake-at has come; `sign`: the browser says that something changed (online, visible again). */
  | { kind: 'woke'; cause: 'time' | 'sign' };

export type OutboxEffect =
  /** Take the turn to send, then tell `send-started`. */
  | { kind: 'start-sending' }
  | { kind: 'send'; envelopes: readonly Envelope[] }
  /** Do the work that the server wants of the batch under way, and send it again with that; then tell as after `send`. */
  | { kind: 'solve'; envelopes: readonly Envelope[]; work: string }
  /** Give the turn back. */
  | { kind: 'stop-sending' }
  /** Tell `woke` at that time; replaces the time told before. */
  | { kind: 'wake-at'; time: number }
  /** The server holds them: out of what waits in the store, and among the copies for as long as `standing` says. */
  | { kind: 'acknowledge'; entries: readonly OutboxEntry[]; standing: ServerStanding | null }
  /** Take back what was acknowledged in other epochs, then tell `opened` with it; let the oldest copies of this one go. */
  | { kind: 're-offer'; standing: ServerStanding }
  /** Write to the store, replacing what is there; then tell `stored`. */
  | { kind: 'write'; entries: readonly OutboxEntry[] };

export interface OutboxStep {
  readonly state: OutboxState;
  readonly effects: readonly OutboxEffect[];
}
