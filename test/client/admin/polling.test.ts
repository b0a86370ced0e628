import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '#client/admin/api-error.ts';
import { pollDelayMs, startPolling, type Polled } from '#client/admin/overview/polling.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that asks a server which answers what `answers` says, and writes down when and what it was told. */
function watch(answers: Array<number | 'fails'>) {
  const log: string[] = [];
  const page = { isVisible: true, show: () => {} };
  let asked = 0;
  const polling = startPolling(
    () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? 0;
      asked += 1;
      return answer === 'fails'
        ? Promise.reject(new ApiError('unreachable'))
        : Promise.resolve(answer);
    },
    ({ latest, error }: Polled<number>) =>
      log.push(`${Date.now()} ${latest?.value ?? '-'} ${error?.code ?? 'ok'}`),
    {
      now: () => new Date(),
      isVisible: () => page.isVisible,
      onVisible(wake) {
        page.show = wake;
        return () => {
          page.show = () => {};
        };
      },
    },
  );
  return { log, page, polling };
}

describe('live figures', () => {
  it('are asked for at once and then every four seconds', async () => {
    const { log, polling } = watch([1, 2]);
    await vi.advanceTimersByTimeAsync(8_000);
    polling.stop();
    expect(log).toEqual(['0 1 ok', '4000 2 ok', '8000 2 ok']);
  });

  it('stay on show while the server cannot be reached, which is tried ever more slowly', async () => {
    const { log, polling } = watch([7, 'fails', 'fails', 8]);
    await vi.advanceTimersByTimeAsync(32_000);
    polling.stop();
    expect(log).toEqual([
      '0 7 ok',
      '4000 7 unreachable',
      '12000 7 unreachable',
      '28000 8 ok',
      '32000 8 ok',
    ]);
  });

  it('rest while the page is hidden and are fresh when it is shown again', async () => {
    const { log, page, polling } = watch([1, 2]);
    await vi.advanceTimersByTimeAsync(0);
    page.isVisible = false;
    await vi.advanceTimersByTimeAsync(60_000);
    page.isVisible = true;
    page.show();
    await vi.advanceTimersByTimeAsync(0);
    polling.stop();
    expect(log).toEqual(['0 1 ok', '60000 2 ok']);
  });

  it('that were on their way when they are asked for anew are dropped', async () => {
    const { log, polling } = watch([1, 2]);
    polling.askNow();
    await vi.advanceTimersByTimeAsync(0);
    polling.stop();
    expect(log).toEqual(['0 2 ok']);
  });

  it('end with the page', async () => {
    const { log, polling } = watch([1]);
    polling.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(log).toEqual([]);
  });

  it('are never asked for less than once a minute', () => {
    expect([0, 1, 2, 3, 4, 20].map(pollDelayMs)).toEqual([
      4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });
});
