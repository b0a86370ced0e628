import { expect, onTestFinished, test, vi } from 'vitest';
import { tellMeanwhile } from '#server/storage/update-progress.ts';

test('an update that takes long tells what it is at, and no more once it has ended', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const told: string[] = [];
  const end = tellMeanwhile(
    10_000,
    (part) => told.push(part),
    async (note) => {
      vi.advanceTimersByTime(10_000);
      await note('responses: copying part 1 of 16');
      vi.advanceTimersByTime(29_000);
      throw new Error('stopped half-way');
    },
  );
  await expect(end).rejects.toThrow('stopped half-way');
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([
    'waiting for another process',
    'responses: copying part 1 of 16',
    'responses: copying part 1 of 16',
  ]);
});

test('lines of the log are written between the parts of an update, however long each holds the process up', async () => {
  let written = 0;
  const write = () => setImmediate(() => (written += 1));
  await tellMeanwhile(
    10_000,
    () => undefined,
    async (note) => {
      for (const part of ['one', 'another']) {
        write();
        await note(part);
      }
      expect(written).toBe(2);
    },
  );
});
