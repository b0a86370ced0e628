import { MAX_BATCH_ENVELOPES } from '../contract/protocol.ts';
import type { ServerStanding } from '../contract/epoch.ts';
import { backoffMs } from './backoff.ts';
import { isUnacknowledged, type OutboxEntry } from './entry.ts';
import { epochOf, hear, isOver } from './epoch.ts';
import { judgeFailure, type SendFailure, type Verdict } from './failure.ts';
import type { SentReply } from './read-reply.ts';
import { settle, type SettledState } from './settle.ts';
import type { OutboxEffect, OutboxState, OutboxStep } from './state.ts';
import { inVain, isSending, QUEUED, released, withoutEffects, withStates } from './transitions.ts';

/**
 * The batch under way was answered. A reply that settles nothing is as good as none, and so is one of an epoch that is
 * over: the database which it speaks of is no more.
 */
export function replied(
  state: OutboxState,
  { standing, results }: SentReply,
  now: number,
  random: number,
): OutboxStep {
  if (isOver(state, standing))
    return wait(
      state,
      { kind: 'wait', reason: 'server-busy', quietMs: null, halve: false },
      now,
      random,
    );
  const heard = hear(state, standing);
  const settled = settle(inOrderSent(heard.state), results, epochOf(heard.state));
  const concluded =
    settled.size > 0
      ? settleBatch(heard.state, settled, now, random)
      : failed(heard.state, { kind: 'unreadable-reply' }, now, random);
  return { ...concluded, effects: [...heard.effects, ...concluded.effects] };
}

/** The batch under way, as it was sent: a result may speak of an envelope by its place alone. */
function inOrderSent({ entries, sentIds }: OutboxState): OutboxEntry[] {
  const sending = new Map(entries.filter(isSending).map((entry) => [entry.envelope.id, entry]));
  return sentIds.flatMap((id) => sending.get(id) ?? []);
}

/** The batch under way came to nothing. */
export function failed(
  state: OutboxState,
  failure: SendFailure,
  now: number,
  random: number,
): OutboxStep {
  const sent = state.entries.filter(isSending);
  const verdict = judgeFailure(failure, sent.length, state.isWorkDone);
  if (verdict.kind === 'work') return doWork(state, verdict.work);
  if (verdict.kind === 'wait') return wait(state, verdict, now, random);
  if (verdict.kind === 'refuse') {
    const epoch = epochOf(state) ?? undefined;
    const refused: SettledState = { kind: 'refused', problem: verdict.problem, epoch };
    const settled = new Map(sent.map((entry) => [entry.envelope.id, refused]));
    return settleBatch(state, settled, now, random);
  }
  const split = withStates(state, (entry) => (isSending(entry) ? QUEUED : entry.state));
  return withoutEffects({ ...split, batchLimit: half(sent.length) });
}

/**
 * The server is well, so what waited elsewhere is queued. Of the batch, what was not settled (a reply without its id)
 * waits alone, longer each time, so that it cannot make a busy loop.
 */
function settleBatch(
  state: OutboxState,
  settled: ReadonlyMap<string, SettledState>,
  now: number,
  random: number,
): OutboxStep {
  const entries = state.entries.map((entry): OutboxEntry => {
    if (!isSending(entry)) return { ...entry, state: released(entry.state) };
    const settledState = settled.get(entry.envelope.id);
    return settledState === undefined
      ? inVain(entry, 'unreadable-reply', now + backoffMs(entry.attempts + 1, random))
      : { ...entry, state: settledState };
  });
  return {
    state: {
      ...state,
      entries,
      failures: 0,
      quietUntil: 0,
      batchLimit: Math.min(MAX_BATCH_ENVELOPES, state.batchLimit * 2),
    },
    effects: storeEffects(
      entries.filter((entry) => settled.has(entry.envelope.id)),
      state.standing,
    ),
  };
}

function storeEffects(
  settled: readonly OutboxEntry[],
  standing: ServerStanding | null,
): OutboxEffect[] {
  const refused = settled.filter(isUnacknowledged);
  const entries = settled.filter((entry) => !isUnacknowledged(entry));
  return [
    ...(entries.length > 0 ? [{ kind: 'acknowledge', entries, standing } as const] : []),
    ...(refused.length > 0 ? [{ kind: 'write', entries: refused } as const] : []),
  ];
}

/** Everything queued waits with the batch: whatever stopped it would stop the next one too. */
function wait(
  state: OutboxState,
  verdict: Extract<Verdict, { kind: 'wait' }>,
  now: number,
  random: number,
): OutboxStep {
  const failures = state.failures + 1;
  const until = now + Math.max(backoffMs(failures, random), verdict.quietMs ?? 0);
  const entries = state.entries.map((entry): OutboxEntry => {
    if (isSending(entry)) return inVain(entry, verdict.reason, until);
    return entry.state.kind === 'queued'
      ? { ...entry, state: { kind: 'waiting', until, reason: verdict.reason } }
      : entry;
  });
  return withoutEffects({
    ...state,
    entries,
    failures,
    quietUntil: verdict.quietMs === null ? 0 : until,
    batchLimit: verdict.halve ? half(state.entries.filter(isSending).length) : state.batchLimit,
  });
}

function half(count: number): number {
  return Math.max(1, Math.floor(count / 2));
}

/** The very batch goes out again, once, with what the server wanted. */
function doWork(state: OutboxState, work: string): OutboxStep {
  const envelopes = inOrderSent(state).map(({ envelope }) => envelope);
  return {
    state: { ...state, isWorkDone: true },
    effects: [{ kind: 'solve', envelopes, work }],
  };
}
