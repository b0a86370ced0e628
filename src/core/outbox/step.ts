import { chooseBatch } from './choose-batch.ts';
import { failed, replied } from './conclude.ts';
import { isUnacknowledged, type OutboxEntry } from './entry.ts';
import { epochOf, heardStanding } from './epoch.ts';
import { forgetOldest } from './forget.ts';
import { learn } from './learn.ts';
import { holdBack } from './hold-back.ts';
import { isBeyondAnyWait, isQuiet } from './quiet.ts';
import type { OutboxEvent, OutboxState, OutboxStep } from './state.ts';
import {
  evenIfHeldBack,
  isHeldBack,
  isSending,
  QUEUED,
  released,
  withoutEffects,
  withStates,
} from './transitions.ts';

/**
 * Everything that can happen to the outbox, without doing any of it. `now` is in milliseconds since the epoch and may
 * jump either way; `random` is in [0, 1). An entry becomes acknowledged only by a parsed result for its id, in the epoch in
 * force: in the reply to a batch that carried it, or in another tab.
 */
export function step(
  state: OutboxState,
  event: OutboxEvent,
  now: number,
  random: number,
): OutboxStep {
  const changed = apply(state, event, now, random);
  const next = sendNext(changed.state, random);
  return {
    state: next.state,
    effects: [...changed.effects, ...next.effects, ...wakeEffect(next.state)],
  };
}

function apply(state: OutboxState, event: OutboxEvent, now: number, random: number): OutboxStep {
  switch (event.kind) {
    case 'opened':
      return learn(state, event.entries, now);
    case 'kept':
      return kept(state, event, now, random);
    case 'stored':
      return withoutEffects(stored(state, new Set(event.ids)));
    case 'send-started':
      return learn({ ...state, turn: 'held' }, event.entries, now);
    case 'replied':
      return replied(state, event, now, random);
    case 'heard-standing':
      return heardStanding(state, event.standing, event.sentIn);
    case 'failed':
      return failed(state, event.failure, now, random);
    case 'acknowledged-elsewhere':
      return withoutEffects(acknowledgedElsewhere(state, event));
    case 'send-now':
      return {
        state: withStates({ ...state, quietUntil: 0 }, (entry) =>
          entry.state.kind === 'refused' ? QUEUED : evenIfHeldBack(entry.state),
        ),
        effects: writeAgain(state),
      };
    case 'woke':
      return { state: woke(state, event.cause, now), effects: writeAgain(state) };
    default:
      return event satisfies never;
  }
}

function kept(
  state: OutboxState,
  { entry, holdBackMs = 0 }: Extract<OutboxEvent, { kind: 'kept' }>,
  now: number,
  random: number,
): OutboxStep {
  const learned = learn(state, [entry], now);
  if (holdBackMs === 0) return learned;
  return { ...learned, state: holdBack(learned.state, entry, holdBackMs, now, random) };
}

/** What is under way in this tab is left to its own reply, and of another epoch than ours we hear by ourselves. */
function acknowledgedElsewhere(
  state: OutboxState,
  { ids, epoch, uncounted }: Extract<OutboxEvent, { kind: 'acknowledged-elsewhere' }>,
): OutboxState {
  if (state.standing !== null && epoch !== epochOf(state)) return state;
  return withStates(state, (entry) => {
    const { id } = entry.envelope;
    if (!ids.includes(id) || isSending(entry)) return entry.state;
    const reason = uncounted?.find((one) => one.id === id)?.reason;
    return { kind: 'acknowledged', epoch, ...(reason && { uncounted: reason }) };
  });
}

function stored(state: OutboxState, ids: ReadonlySet<string>): OutboxState {
  const entries = state.entries.map((entry): OutboxEntry =>
    ids.has(entry.envelope.id) ? { ...entry, isStored: true } : entry,
  );
  return forgetOldest({ ...state, entries });
}

/** What the store could not take before; there may be room by now. */
function writeAgain(state: OutboxState): OutboxStep['effects'] {
  const entries = state.entries.filter((entry) => !entry.isStored && isUnacknowledged(entry));
  return entries.length > 0 ? [{ kind: 'write', entries }] : [];
}

/**
 * One try carries all that waits, when the first is due or the browser gives a sign; not while the server asked for quiet. What is held
 * back leaves when the first of it is due, whatever the signs.
 */
function woke(state: OutboxState, cause: 'time' | 'sign', now: number): OutboxState {
  if (isQuiet(state, now)) return state;
  const due = state.entries
    .map((entry) => entry.state)
    .filter(
      (one) => one.kind === 'waiting' && (one.until <= now || isBeyondAnyWait(one.until, now)),
    );
  if (due.some(isHeldBack)) return withStates(state, (entry) => evenIfHeldBack(entry.state));
  return cause === 'sign' || due.length > 0
    ? withStates(state, (entry) => released(entry.state))
    : state;
}

/** Asks for the turn while something is queued, sends batch after batch while the turn is ours, then gives it back. */
function sendNext(state: OutboxState, random: number): OutboxStep {
  if (state.entries.some(isSending)) return withoutEffects(state);
  const batch = chooseBatch(state.entries, state.batchLimit, random);
  if (batch.length === 0)
    return state.turn === 'held'
      ? { state: { ...state, turn: 'none' }, effects: [{ kind: 'stop-sending' }] }
      : withoutEffects(state);
  if (state.turn === 'asked') return withoutEffects(state);
  if (state.turn === 'none')
    return { state: { ...state, turn: 'asked' }, effects: [{ kind: 'start-sending' }] };
  const envelopes = batch.map((entry) => entry.envelope);
  const sentIds = envelopes.map(({ id }) => id);
  const isSent = new Set(batch);
  return {
    state: withStates({ ...state, sentIn: epochOf(state), sentIds, isWorkDone: false }, (entry) =>
      isSent.has(entry) ? { kind: 'sending' } : entry.state,
    ),
    effects: [{ kind: 'send', envelopes }],
  };
}

/** Not before the quiet that the server asked for; nothing to wake for where nothing waits. */
function wakeEffect(state: OutboxState): OutboxStep['effects'] {
  const times = waitingTimes(state);
  if (times.length === 0) return [];
  return [{ kind: 'wake-at', time: Math.max(Math.min(...times), state.quietUntil) }];
}

function waitingTimes(state: OutboxState): number[] {
  return state.entries.flatMap((entry) =>
    entry.state.kind === 'waiting' ? [entry.state.until] : [],
  );
}
