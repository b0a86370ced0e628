import { expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import { momentIn } from '#client/survey/moment.ts';
import { summarize } from '#client/survey/waiting-summary.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';

const refused = (number: number, code: 'channel-unknown' | 'item-missing') =>
  entryOf(number, { kind: 'refused', problem: problemOf(code) });

test('an outbox in which nothing waits says so, and how many were sent', () => {
  expect(summarize([entryOf(1, { kind: 'acknowledged', epoch: null })])).toEqual({
    waiting: 0,
    since: null,
    outlook: { kind: 'nothing' },
    refused: [],
    sent: 1,
  });
});

test('what waits is told with its oldest, its reason and the earliest next try', () => {
  const summary = summarize([
    entryOf(7, { kind: 'waiting', until: 900, reason: 'timeout' }),
    entryOf(3, { kind: 'waiting', until: 500, reason: 'network' }),
  ]);
  expect(summary).toMatchObject({
    waiting: 2,
    since: 3,
    outlook: { kind: 'later', reason: 'network', nextTry: 500 },
  });
});

test('while anything is on its way, that is what is told', () => {
  const waiting = entryOf(1, { kind: 'waiting', until: 900, reason: 'timeout' });
  expect(summarize([waiting, entryOf(2, { kind: 'sending' })]).outlook).toEqual({
    kind: 'sending',
  });
  expect(summarize([waiting, entryOf(2)]).outlook).toEqual({ kind: 'sending' });
});

test('what was refused is counted by problem, apart from what waits', () => {
  const summary = summarize([
    refused(1, 'channel-unknown'),
    refused(2, 'item-missing'),
    refused(3, 'channel-unknown'),
  ]);
  expect(summary.waiting).toBe(0);
  expect(summary.refused).toEqual([
    { problem: 'channel-unknown', count: 2 },
    { problem: 'item-missing', count: 1 },
  ]);
});

test('a moment is written in Arabic digits, and in Burmese ones in Burmese', () => {
  const moment = new Date(2026, 0, 5, 14, 30).getTime();
  for (const language of ['th', 'en', 'zh'] as const)
    expect(momentIn(language, moment)).toMatch(/5.*14:30/u);
  expect(momentIn('my', moment)).toBe('၀၅/၀၁, ၁၄:၃၀');
});
