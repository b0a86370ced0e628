import { isUnacknowledged, type OutboxEntry, type WaitingReason } from '#core/outbox/entry.ts';
import type { ProblemCode } from '#core/contract/problem.ts';

/** What the waiting page says of an outbox: numbers and reasons, never an answer. */
export interface WaitingSummary {
  /** Not acknowledged and not refused. */
  waiting: number;
  /** When the oldest of them was kept, milliseconds since the epoch; null where none waits. */
  since: number | null;
  /** What the waiting ones are about to do. */
  outlook:
    | { kind: 'nothing' }
    | { kind: 'sending' }
    | { kind: 'later'; reason: WaitingReason; nextTry: number };
  refused: { problem: ProblemCode; count: number }[];
  /** Acknowledged since the page was opened. */
  sent: number;
}

/** `forgotten`: how many acknowledged ones are not among the entries any more. */
export function summarize(entries: readonly OutboxEntry[], forgotten = 0): WaitingSummary {
  const pending = entries.filter(
    (entry) => isUnacknowledged(entry) && entry.state.kind !== 'refused',
  );
  return {
    waiting: pending.length,
    since: pending.length > 0 ? Math.min(...pending.map(({ keptAt }) => keptAt)) : null,
    outlook: outlookOf(pending),
    refused: refusals(entries),
    sent: forgotten + entries.filter((entry) => !isUnacknowledged(entry)).length,
  };
}

/** What comes first: a batch under way, else the earliest try. */
function outlookOf(pending: readonly OutboxEntry[]): WaitingSummary['outlook'] {
  if (pending.length === 0) return { kind: 'nothing' };
  const waiting = pending
    .flatMap(({ state }) => (state.kind === 'waiting' ? [state] : []))
    .sort((a, b) => a.until - b.until);
  const first = waiting[0];
  if (first === undefined || waiting.length < pending.length) return { kind: 'sending' };
  return { kind: 'later', reason: first.reason, nextTry: first.until };
}

function refusals(entries: readonly OutboxEntry[]): WaitingSummary['refused'] {
  const counts = new Map<ProblemCode, number>();
  for (const { state } of entries)
    if (state.kind === 'refused')
      counts.set(state.problem.code, (counts.get(state.problem.code) ?? 0) + 1);
  return [...counts].map(([problem, count]) => ({ problem, count }));
}
