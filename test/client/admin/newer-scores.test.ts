import { expect, it } from 'vitest';
import { ApiError } from '#client/admin/api-error.ts';
import { newerScores, noScores } from '#client/admin/live/newer-scores.ts';
import type { ScoresReply } from '#core/contract/scores.ts';

const of = (minute: number, isLatest: boolean): ScoresReply => ({
  threshold: 5,
  instruments: [],
  departments: [],
  asOf: `2024-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`,
  isLatest,
});

it('shows what came where nothing is on show, or nothing newer', () => {
  expect(newerScores(null, of(10, false))).toEqual(of(10, false));
  expect(newerScores(of(10, true), of(11, false))).toEqual(of(11, false));
  expect(newerScores(of(10, true), of(10, false))).toEqual(of(10, false));
});

it('keeps what is on show where another process had older ones, and says that newer ones are made', () => {
  expect(newerScores(of(11, true), of(10, false))).toEqual(of(11, false));
});

it('shows what is of all responses, whatever the clocks of two processes say', () => {
  expect(newerScores(of(11, true), of(10, true))).toEqual(of(10, true));
});

it('lets go of what was judged by another threshold', () => {
  const raised = { ...of(10, false), threshold: 10 };
  expect(newerScores(of(11, true), raised)).toEqual(raised);
});

it('leaves the page as it is where the server went between two requests', () => {
  const away = new ApiError('unreachable');
  expect(() => noScores(of(10, true), away)).toThrow(away);
  expect(noScores(null, away)).toBeNull();
  expect(noScores(of(10, true), new ApiError('counting-underway'))).toBeNull();
  expect(() => noScores(null, new TypeError('ours'))).toThrow('ours');
});
