import { expect, onTestFinished, test, vi } from 'vitest';
import { startChores } from '#server/chores.ts';
import { createTestServer } from './support/test-server.ts';

const MINUTE_MS = 60 * 1_000;

const nothing = async () => undefined;

/** The chores of a server whose time tests move; what they do is only noted. */
async function chores() {
  const { effects } = await createTestServer();
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const look = vi.fn<() => Promise<void>>(async () => undefined);
  const forget = vi.fn<() => void>();
  const removeDeleted = vi.spyOn(effects.storage, 'removeDeleted').mockResolvedValue(0);
  const tidier = { noteArrival: () => undefined, look, tellOutOfReach: nothing, finish: nothing };
  const end = startChores({ ...effects, sealKeys: { forget } }, [effects.failedAttempts], tidier);
  return { look, forget, removeDeleted, end };
}

test('a server that runs looks every 20 seconds whether to tidy, until it ends', async () => {
  const { look, end } = await chores();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(look).toHaveBeenCalledTimes(3);
  end();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(look).toHaveBeenCalledTimes(3);
});

test('a server that runs forgets the keys it has computed every hour, after what is due was removed', async () => {
  const { forget, removeDeleted, end } = await chores();
  await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
  expect(forget).toHaveBeenCalledOnce();
  const [removed = 0] = removeDeleted.mock.invocationCallOrder;
  const [forgotten = 0] = forget.mock.invocationCallOrder;
  expect(removed).toBeLessThan(forgotten);
  end();
});
