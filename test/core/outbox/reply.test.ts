import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import {
  backoffMs,
  LONGEST_QUIET_MS,
  LONGEST_WAIT_MS,
  SHORTEST_WAIT_MS,
} from '#core/outbox/backoff.ts';
import { readBatchReply, readProblem, readStanding } from '#core/outbox/read-reply.ts';
import { retryAfterMs } from '#core/outbox/retry-after.ts';
import { idOf } from './envelopes.ts';

const NOW = Date.parse('2026-01-05T08:00:00Z');

test.each([
  ['no header', null, null, null],
  ['seconds', '120', null, 120_000],
  ['seconds of a day, cut to an hour', '86400', null, LONGEST_QUIET_MS],
  [
    'a date, by the clock of the server',
    'Fri, 01 Jan 2027 00:00:10 GMT',
    'Fri, 01 Jan 2027 00:00:00 GMT',
    10_000,
  ],
  ['a date, by our own clock for want of another', 'Mon, 05 Jan 2026 08:00:30 GMT', null, 30_000],
  ['a date that has passed', 'Mon, 05 Jan 2026 07:00:00 GMT', null, 0],
  ['nonsense', 'soon', null, null],
  ['a negative number', '-5', null, null],
] as const)('Retry-After is read: %s', (_, header, dateHeader, wait) => {
  expect(retryAfterMs(header, dateHeader, NOW)).toBe(wait);
});

test('every wait lies between one second and five minutes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (failures, random) => {
        const wait = backoffMs(failures, random);
        expect(wait).toBeGreaterThanOrEqual(SHORTEST_WAIT_MS);
        expect(wait).toBeLessThanOrEqual(LONGEST_WAIT_MS);
      },
    ),
    { seed: 2568 },
  );
});

test('a result that cannot be read leaves out its own envelope alone', () => {
  const reply = {
    results: [
      { id: idOf(1), result: 'accepted' },
      {
        id: idOf(2),
        result: 'refused',
        problem: { ...problemOf('internal'), code: 'of-next-year' },
      },
      { id: idOf(3), result: 'welcome' },
      { result: 'accepted' },
    ],
  };
  expect(readBatchReply(JSON.stringify(reply))).toEqual({
    standing: null,
    results: [{ id: idOf(1), result: 'accepted' }],
  });
});

test('an envelope in quarantine is safe, also for a reason that only a newer server knows', () => {
  const problem = { ...problemOf('internal'), code: 'of-next-year' };
  const reply = { results: [{ id: idOf(1), result: 'quarantined', problem }] };
  expect(readBatchReply(JSON.stringify(reply))).toEqual({
    standing: null,
    results: [{ id: idOf(1), result: 'quarantined' }],
  });
});

test.each(['', '{"results":[{"id"', '<html>', 'null', '[]', '{"results":{}}', '"ok"'])(
  'what is no reply is told apart: %s',
  (text) => {
    expect(readBatchReply(text)).toBeNull();
  },
);

test('a problem is read only if it is one of ours', () => {
  expect(readProblem(JSON.stringify(problemOf('internal')))).toEqual(problemOf('internal'));
  expect(readProblem('{"code":"teapot"}')).toBeNull();
  expect(readProblem('<h1>Forbidden</h1>')).toBeNull();
});

test('what the server tells of itself is read, beside results and alone', () => {
  const standing = { epoch: idOf(1), reofferDays: 14 };
  expect(readBatchReply(JSON.stringify({ ...standing, results: [] }))).toEqual({
    standing,
    results: [],
  });
  expect(readStanding(JSON.stringify(standing))).toEqual(standing);
  expect(readStanding('{"epoch":"the good old days","reofferDays":14}')).toBeNull();
  expect(readStanding('<html>')).toBeNull();
});
