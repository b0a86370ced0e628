import { expect, test, vi } from 'vitest';
import { wakePages } from '../../src/worker/wake-pages.ts';

test('every open page hears that it may send, also one that was opened before the worker', async () => {
  const pages = [1, 2].map(() => ({ postMessage: vi.fn<(message: unknown) => void>() }));
  const matchAll = vi.fn<(options: unknown) => Promise<typeof pages>>(async () => pages);
  await wakePages({ matchAll });
  expect(matchAll).toHaveBeenCalledWith({ type: 'window', includeUncontrolled: true });
  for (const { postMessage } of pages) expect(postMessage).toHaveBeenCalledWith('wake', []);
});

test('nothing happens where no page is open', async () => {
  await expect(wakePages({ matchAll: async () => [] })).resolves.toBeUndefined();
});
