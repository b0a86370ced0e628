import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepStanding, LOOK_EVERY_MS } from '#server/storage/keep-standing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('devices are told of the epoch that began while the server runs, once the database can be asked', async () => {
  const standing = { epoch: 'first', reofferDays: 14 };
  const answers = [
    () => Promise.reject(new Error('not reached')),
    () => Promise.resolve('second'),
    () => Promise.resolve('third'),
  ];
  const end = keepStanding(standing, () => (answers.shift() ?? (() => Promise.resolve('none')))());
  await vi.advanceTimersByTimeAsync(LOOK_EVERY_MS);
  expect(standing.epoch).toBe('first');
  await vi.advanceTimersByTimeAsync(LOOK_EVERY_MS);
  expect(standing.epoch).toBe('second');
  end();
  await vi.advanceTimersByTimeAsync(LOOK_EVERY_MS);
  expect(standing.epoch).toBe('second');
});
