import { describe, expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import {
  EMPTY_OUTBOX,
  type OutboxEvent,
  type OutboxState,
  type OutboxStep,
} from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import { entryOf, idOf } from './envelopes.ts';

const NOW = 1_000_000_000;

function run(events: readonly OutboxEvent[], start: OutboxState = EMPTY_OUTBOX): OutboxStep {
  let last: OutboxStep = { state: start, effects: [] };
  for (const event of events) last = step(last.state, event, NOW, 0.5);
  return last;
}

const opened = (...numbers: number[]): OutboxEvent => ({
  kind: 'opened',
  entries: numbers.map((number) => entryOf(number)),
});
const started: OutboxEvent = { kind: 'send-started', entries: [] };
const accepted = (...numbers: number[]): OutboxEvent => ({
  kind: 'replied',
  standing: null,
  results: numbers.map((number) => ({ id: idOf(number), result: 'accepted' })),
});
const kinds = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.state.kind);

describe('a channel that is flooded', () => {
  const WORK = '9 salt challenge signature';
  const wanted: OutboxEvent = {
    kind: 'failed',
    failure: {
      kind: 'status',
      status: 429,
      retryAfterMs: 7_000,
      problem: { ...problemOf('work-wanted'), work: WORK },
    },
  };

  test('wants work, and the very batch goes out again with it', () => {
    const left = run([opened(1, 2), started]);
    const [first] = left.effects;
    const { effects, state } = run([wanted], left.state);
    const envelopes = first?.kind === 'send' ? first.envelopes : [];
    expect(effects).toEqual([{ kind: 'solve', envelopes, work: WORK }]);
    expect(kinds(state.entries)).toEqual(['sending', 'sending']);
    expect(state.failures).toBe(0);
    expect(kinds(run([accepted(1, 2)], state).state.entries)).toEqual([
      'acknowledged',
      'acknowledged',
    ]);
  });

  test('is waited for like any that is busy where the work did not help, and asked anew later', () => {
    const again = run([opened(1), started, wanted, wanted]);
    expect(again.state.entries[0]?.state).toMatchObject({ kind: 'waiting', reason: 'server-busy' });
    expect(again.state.quietUntil).toBe(NOW + 7_000);
    const later = run([{ kind: 'send-now' }, started, wanted], again.state);
    expect(later.effects.map(({ kind }) => kind)).toEqual(['solve']);
  });

  test('holds nothing up that is finished meanwhile', () => {
    const { state } = run([opened(1), started, wanted]);
    const kept = run([{ kind: 'kept', entry: entryOf(2) }], state);
    expect(kinds(kept.state.entries)).toEqual(['sending', 'queued']);
    const next = run([accepted(1)], kept.state);
    expect(next.effects.map(({ kind }) => kind)).toContain('send');
  });
});
