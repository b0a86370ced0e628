import type { Envelope } from '../contract/envelope.ts';
import type { Problem } from '../contract/problem.ts';

/** Why an envelope waits. */
export type WaitingReason = 'network' | 'timeout' | 'server-busy' | 'server-error' | 'unreadable-reply';

/**
 * Where one envelope stands. Times are milliseconds since the epoch on the device and never leave it.
 *
 *     queued -> sending -> acknowledged
 *        ^         |----> refused (kept until a person exports it)
 *        |         '----> waiting --(time, or a person's "send now")--> queued
 */
export type EntryState =
  | { kind: 'queued' }
  | { kind: 'sending' }
  | { kind: 'waiting'; until: number; reason: WaitingReason; attempts: number }
  | { kind: 'acknowledged' }
  | { kind: 'refused'; problem: Problem };

export interface OutboxEntry {
  envelope: Envelope;
  /** When the person pressed Send; for "since when" on the waiting page. */
  keptAt: number;
  state: EntryState;
}
