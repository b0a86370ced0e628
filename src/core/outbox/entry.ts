import type { Envelope } from '../contract/envelope.ts';
import type { DeviceProblem } from '../contract/device-problem.ts';
import type { UncountedReason } from '../contract/uncounted.ts';

/**
 * Why an envelope waits. `server-busy` is what the server said itself (425, 429, 503); `server-error` any other 5xx;
 * `outdated`: the server takes it from a newer build of the app; `signed-out`: it wants to know who sends; `held-back`: nothing is
 * wrong, it shall leave together with others.
 */
export type WaitingReason =
  | 'network'
  | 'timeout'
  | 'server-busy'
  | 'server-error'
  | 'outdated'
  | 'signed-out'
  | 'held-back'
  | 'unreadable-reply';

/**
 * Where one envelope stands. Times are milliseconds since the epoch on the device and never leave it.
 *
 *     queued -> sending -> acknowledged
 *      ^  ^        |-----> refused (kept; another epoch or a person's "send now" queues it again)
 *      |  '--------|       a batch that is cut in two
 *      '- waiting <'       until its time, a sign of life, or "send now"
 *
 * `epoch`: in which life of the server's database it was acknowledged or refused (contract/epoch.ts), as far as the server told; in
 * another one it is queued again. `uncounted`: why the server keeps it apart and never counts it.
 */
export type EntryState =
  | { kind: 'queued' }
  | { kind: 'sending' }
  | { kind: 'waiting'; until: number; reason: WaitingReason }
  | { kind: 'acknowledged'; epoch: string | null; uncounted?: UncountedReason }
  | { kind: 'refused'; problem: DeviceProblem; epoch?: string | undefined };

export interface OutboxEntry {
  envelope: Envelope;
  /** When the person pressed Send; for "since when" on the waiting page. */
  keptAt: number;
  /** How often it was sent in vain since the page was opened. What failed least goes first, so that no envelope can block the rest. */
  attempts: number;
  /** Whether the device's storage is known to hold it; false while only this page does. */
  isStored: boolean;
  /** It lies open where it should be sealed: only the page that finished it holds it, until the server does. */
  isForMemoryOnly?: true;
  /** The epoch for which a tab took it back from what was acknowledged in an earlier one. */
  reofferedIn?: string | undefined;
  state: EntryState;
}

/** True while the server may not hold the envelope: it must stay on the device. */
export function isUnacknowledged(entry: OutboxEntry): boolean {
  return entry.state.kind !== 'acknowledged';
}

/** Why the server never counts it; null where it does, or does not hold it. */
export function uncountedReason({ state }: OutboxEntry): UncountedReason | null {
  return state.kind === 'acknowledged' ? (state.uncounted ?? null) : null;
}
