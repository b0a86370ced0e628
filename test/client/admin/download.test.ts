import { afterEach, describe, expect, it, vi } from 'vitest';
import { RESPONSES_HEADER } from '#core/contract/report.ts';
import { download, type Progress, SILENCE_LIMIT_MS } from '#client/admin/download.ts';

const HEADERS = { 'content-type': 'text/csv; charset=utf-8', [RESPONSES_HEADER]: '3' };

/** A server that answers with these pieces; `end`: how the answer ends. */
function answering(
  pieces: readonly string[],
  { headers = HEADERS, end = 'whole' }: { headers?: object; end?: 'whole' | 'cut' | 'never' } = {},
) {
  return (async (_path: string, { signal }: RequestInit) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(body) {
          for (const piece of pieces) body.enqueue(new TextEncoder().encode(piece));
          if (end === 'whole') body.close();
          if (end === 'cut') queueMicrotask(() => body.error(new TypeError('terminated')));
          signal?.addEventListener('abort', () => body.error(new DOMException('', 'AbortError')));
        },
      }),
      { headers: headers as Record<string, string> },
    )) as typeof fetch;
}

function watched() {
  const told: Progress[] = [];
  const stop = new AbortController();
  return { told, stop, watch: { signal: stop.signal, tell: (to: Progress) => told.push(to) } };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a file on its way', () => {
  it('tells how many responses of how many are here, and is whole in the end', async () => {
    const { told, watch } = watched();
    const got = await download(answering(['head\r\na\r\n', 'b\r\nc', '\r\n']), '/file', watch);
    expect(told).toEqual([
      { done: 1, total: 3 },
      { done: 2, total: 3 },
      { done: 3, total: 3 },
    ]);
    expect(got.state === 'whole' && (await got.content.text())).toBe('head\r\na\r\nb\r\nc\r\n');
  });

  it('is cut off when the connection ends before it', async () => {
    const fetch = answering(['head\r\na\r\n'], { end: 'cut' });
    await expect(download(fetch, '/file')).rejects.toMatchObject({ code: 'cut-off' });
  });

  it('is cut off when it ends as if it were whole but lacks a response', async () => {
    const fetch = answering(['head\r\na\r\nb\r\n']);
    await expect(download(fetch, '/file')).rejects.toMatchObject({ code: 'cut-off' });
  });

  it('is given up by whoever waits', async () => {
    const { stop, watch } = watched();
    const waiting = download(answering(['head\r\n'], { end: 'never' }), '/file', watch);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'ApiError' });
  });

  it('is given up when nothing more comes', async () => {
    vi.useFakeTimers();
    const waiting = download(answering(['head\r\n'], { end: 'never' }), '/file');
    const outcome = waiting.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(SILENCE_LIMIT_MS);
    expect(await outcome).toMatchObject({ code: 'cut-off' });
  });

  it('of something else is not counted', async () => {
    const { told, watch } = watched();
    const headers = { 'content-type': 'application/json', [RESPONSES_HEADER]: '3' };
    const got = await download(answering(['{}'], { headers }), '/file', watch);
    expect(got.state).toBe('whole');
    expect(told).toEqual([null]);
  });

  it('that is refused comes as what the server said', async () => {
    const fetch = (async () => new Response('{}', { status: 403 })) as typeof globalThis.fetch;
    expect(await download(fetch, '/file')).toMatchObject({ state: 'refused', status: 403 });
  });

  it('that never began is unreachable', async () => {
    const fetch = (() => Promise.reject(new TypeError('failed'))) as typeof globalThis.fetch;
    await expect(download(fetch, '/file')).rejects.toMatchObject({ code: 'unreachable' });
  });
});
