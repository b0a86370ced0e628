import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type LiveFigures,
  reconnectDelayMs,
  REFRESH_MS,
  SILENCE_MS,
  startLive,
} from '#client/admin/live/live-figures.ts';
import type { StreamListener } from '#client/admin/live/open-stream.ts';
import { ApiError } from '#client/admin/api-error.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page with a server whose figures and whose stream the test has in its hands; writes down when and what was shown. */
function watch({ isAway = false } = {}) {
  const log: string[] = [];
  const server = { figure: 1, isAway, takesMs: 0 };
  const page = { isVisible: true, change: () => {} };
  const streams: { listener: StreamListener; isOpen: boolean }[] = [];
  const live = startLive(
    async () => {
      const { figure } = server;
      if (server.takesMs > 0) await new Promise((done) => setTimeout(done, server.takesMs));
      if (server.isAway) throw new ApiError('unreachable');
      return figure;
    },
    ({ latest, error, connection }: LiveFigures<number>) =>
      log.push(`${Date.now()} ${latest?.value ?? '-'} ${error?.code ?? 'ok'} ${connection}`),
    {
      now: () => new Date(),
      isVisible: () => page.isVisible,
      onVisible(wake) {
        page.change = wake;
        return () => {
          page.change = () => {};
        };
      },
      openStream(listener) {
        const stream = { listener, isOpen: true };
        streams.push(stream);
        return () => {
          stream.isOpen = false;
        };
      },
    },
  );
  const told = async (ms = 0) => {
    await vi.advanceTimersByTimeAsync(ms);
    return log.splice(0);
  };
  return {
    live,
    server,
    page,
    told,
    stream: () => streams.at(-1)?.listener,
    open: () => streams.filter(({ isOpen }) => isOpen).length,
    opened: () => streams.length,
  };
}

async function opened() {
  const watched = watch();
  await watched.told();
  watched.stream()?.onOpen();
  await watched.told();
  return watched;
}

describe('live figures', () => {
  it('are asked for at once, and again when somebody listens to what changes', async () => {
    const { live, told, stream, server } = watch();
    expect(await told()).toEqual(['0 1 ok opening']);
    server.figure = 2; // between the first answer and the stream
    stream()?.onOpen();
    expect(await told()).toEqual(['0 1 ok open', '0 2 ok open']);
    live.stop();
  });

  it('come with each change, and once a minute what comes with time alone', async () => {
    const { live, told, stream, server } = await opened();
    await told(10_000);
    server.figure = 2;
    stream()?.onChanged();
    expect(await told()).toEqual(['10000 2 ok open']);
    stream()?.onAlive();
    await told(30_000);
    stream()?.onAlive();
    expect(await told(REFRESH_MS - 30_000)).toEqual(['70000 2 ok open']);
    live.stop();
  });

  it('are asked for once more where they changed while they were on their way', async () => {
    const { live, told, stream, server } = await opened();
    server.takesMs = 100;
    for (const figure of [2, 3, 4]) {
      server.figure = figure;
      stream()?.onChanged();
    }
    expect(await told(250)).toEqual(['100 2 ok open', '200 4 ok open']);
    live.stop();
  });

  it('say that they are no longer new where the stream ends, until another is open', async () => {
    const { live, told, stream, server, opened: count } = await opened();
    stream()?.onLost();
    expect(await told()).toEqual(['0 1 ok lost', '0 1 ok lost']);
    expect(await told(999)).toEqual([]);
    expect(count()).toBe(1);
    await told(1);
    expect(count()).toBe(2);
    server.figure = 5;
    stream()?.onOpen();
    expect(await told()).toEqual(['1000 1 ok open', '1000 5 ok open']);
    live.stop();
  });

  it('say so as well where nothing more is heard of a stream', async () => {
    const { live, told, stream } = await opened();
    await told(20_000);
    stream()?.onAlive();
    await told(SILENCE_MS - 1);
    expect((await told(1)).at(-1)).toMatch(/ 1 ok lost$/);
    live.stop();
  });

  it('are new once a minute where other pages have the streams, and try for one as often', async () => {
    const { live, told, stream, server, opened: count } = await opened();
    await told(10_000);
    stream()?.onCrowdedOut();
    expect(await told()).toEqual(['10000 1 ok crowded-out']);
    server.figure = 2;
    expect(await told(REFRESH_MS - 10_001)).toEqual([]);
    expect(await told(1)).toEqual(['60000 2 ok crowded-out']);
    expect(count()).toBe(1);
    await told(10_000);
    expect(count()).toBe(2);
    stream()?.onOpen();
    expect((await told()).at(-1)).toBe('70000 2 ok open');
    live.stop();
  });

  it('stay on show while the server cannot be reached, whose stream is tried ever more slowly', async () => {
    const { live, told, stream, server, opened: count } = await opened();
    server.isAway = true;
    const refusedAt: number[] = [];
    for (let second = 0; second <= 180; second += 1) {
      if (count() > refusedAt.length) {
        refusedAt.push(second);
        stream()?.onLost();
      }
      const shown = await told(1_000);
      expect(shown.every((line) => / 1 (ok|unreachable) lost$/.test(line))).toBe(true);
    }
    expect(refusedAt).toEqual([0, 1, 3, 7, 15, 31, 63, 123]);
    server.isAway = false;
    live.askNow();
    stream()?.onOpen();
    expect((await told()).at(-1)).toMatch(/ 1 ok open$/);
    live.stop();
  });

  it('rest without a stream while the page is hidden and are fresh when it is shown again', async () => {
    const { live, page, told, open } = await opened();
    page.isVisible = false;
    page.change();
    expect(open()).toBe(0);
    expect(await told(3 * REFRESH_MS)).toEqual([]);
    page.isVisible = true;
    page.change();
    expect(open()).toBe(1);
    expect((await told()).at(-1)).toBe('180000 1 ok open');
    live.stop();
  });

  it('that cannot be counted yet are asked for again by themselves', async () => {
    const { live, told, server } = watch({ isAway: true });
    expect(await told()).toEqual(['0 - unreachable opening']);
    server.isAway = false;
    expect((await told(8_000)).at(-1)).toBe('8000 1 ok opening');
    live.stop();
  });

  it('end with the page, and their stream with them', async () => {
    const { live, told, stream, server, open } = await opened();
    server.takesMs = 50;
    stream()?.onChanged();
    live.stop();
    expect(open()).toBe(0);
    expect(await told(REFRESH_MS)).toEqual([]);
  });

  it('never wait for more than a minute with the next stream', () => {
    expect([0, 1, 2, 5, 6, 40].map(reconnectDelayMs)).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
    ]);
  });
});
