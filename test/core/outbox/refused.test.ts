import { expect, test } from 'vitest';
import type { ServerStanding } from '#core/contract/epoch.ts';
import { problemOf } from '#core/contract/problem.ts';
import { EMPTY_OUTBOX, type OutboxEvent, type OutboxState } from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import { entryOf, idOf } from './envelopes.ts';

const before = { epoch: idOf(9_001), reofferDays: 14 };
const after = { epoch: idOf(9_002), reofferDays: 14 };

const opened: OutboxEvent = { kind: 'opened', entries: [entryOf(1)] };
const started: OutboxEvent = { kind: 'send-started', entries: [] };
const heard = (standing: ServerStanding, known: ServerStanding | null): OutboxEvent => ({
  kind: 'heard-standing',
  standing,
  sentIn: known?.epoch ?? null,
});
const refusedIn = (standing: ServerStanding): OutboxEvent => ({
  kind: 'replied',
  standing,
  results: [{ id: idOf(1), result: 'refused', problem: problemOf('channel-unknown') }],
});

const run = (events: readonly OutboxEvent[], start: OutboxState = EMPTY_OUTBOX) =>
  events.reduce((state, event) => step(state, event, 1_000, 0.5).state, start);
const kinds = ({ entries }: OutboxState) => entries.map(({ state }) => state.kind);

test('what was refused in another epoch is sent again, once', () => {
  const refused = run([opened, started, refusedIn(before)]);
  expect(kinds(refused)).toEqual(['refused']);
  expect(kinds(run([heard(before, before)], refused))).toEqual(['refused']);
  const again = run([heard(after, before), started], refused);
  expect(kinds(again)).toEqual(['sending']);
  expect(kinds(run([refusedIn(after), heard(after, after)], again))).toEqual(['refused']);
});

test('a page that is opened waits to hear in which epoch the server is', () => {
  const { entries } = run([opened, started, refusedIn(before)]);
  const page = run([{ kind: 'opened', entries }]);
  expect(kinds(page)).toEqual(['refused']);
  expect(kinds(run([heard(before, null)], page))).toEqual(['refused']);
  expect(kinds(run([heard(after, null)], page))).toEqual(['queued']);
  expect(kinds(run([heard(after, null), { kind: 'opened', entries }]))).toEqual(['queued']);
});

test('of what an earlier build refused the epoch is not known: it is sent once more', () => {
  const problem = problemOf('channel-unknown');
  const entries = [entryOf(1, { kind: 'refused', problem })];
  const page = run([{ kind: 'opened', entries }]);
  expect(kinds(page)).toEqual(['refused']);
  const again = run([heard(before, null), started], page);
  expect(kinds(again)).toEqual(['sending']);
  expect(kinds(run([refusedIn(before), heard(before, before)], again))).toEqual(['refused']);
});
