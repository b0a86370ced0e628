import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf } from '#core/contract/digest.ts';
import { problemOf } from '#core/contract/problem.ts';
import { BATCH_LIMIT_MS, sendBatch } from '#client/admin/import/send-batch.ts';

const EPOCH = { epoch: '9b2f4a1e-5c1d-4f0a-8f57-0d6f3a3f2b10', reofferDays: 14 };
const NOW = Date.parse('2025-11-20T07:30:00Z');

afterEach(() => {
  vi.useRealTimers();
});

function send(answer: () => Promise<Response>, count = 1, stop = new AbortController()) {
  const fetch = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(answer);
  const envelopes = Array.from({ length: count }, (_, n) => ({ id: n }));
  const sent = sendBatch(fetch as typeof globalThis.fetch, envelopes, stop.signal, () => NOW);
  return { fetch, sent };
}

const reply =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    Promise.resolve(
      new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }),
    );

/** A fetch that ends only when it is given up. */
const neverAnswers = (_path: string, init: RequestInit) =>
  new Promise<Response>((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  });

describe('a batch from a file', () => {
  it('travels as from a device: without a cookie, with the protocol', async () => {
    const results = [{ id: 'a', result: 'accepted' }];
    const { fetch, sent } = send(reply({ ...EPOCH, results }));
    expect(await sent).toEqual({ kind: 'results', results });
    expect(fetch.mock.calls[0]).toMatchObject([
      '/api/v1/batches',
      {
        method: 'POST',
        credentials: 'omit',
        headers: { 'sucharit-protocol': '3' },
        body: '{"envelopes":[{"id":0}]}',
      },
    ]);
  });

  it.each([
    [503, '12', 12_000],
    [429, 'Thu, 20 Nov 2025 07:30:09 GMT', 9_000],
    [429, null, null],
  ])('waits for a server that says %i with Retry-After %s', async (status, header, ms) => {
    const headers = header === null ? {} : { 'retry-after': header };
    const { sent } = send(reply(problemOf('storage-unavailable'), status, headers));
    expect(await sent).toEqual({ kind: 'busy', retryAfterMs: ms });
  });

  it('does the work that a flooded channel wants, once', async () => {
    const number = 1_234;
    const work = ['2000', 'salt', digestOf(`salt${number}`), 'signed'].join(' ');
    const wanted = reply({ ...problemOf('work-wanted'), work }, 429, { 'retry-after': '9' });
    const results = [{ id: 'a', result: 'accepted' }];
    const answers = [wanted, reply({ ...EPOCH, results }), wanted, wanted];
    const next = async () => (answers.shift() ?? wanted)();
    const { fetch, sent } = send(next);
    expect(await sent).toEqual({ kind: 'results', results });
    expect(fetch.mock.calls[1]?.[1].headers).toMatchObject({
      'sucharit-work': `${number} salt ${digestOf(`salt${number}`)} signed`,
    });
    const inVain = send(next);
    expect(await inVain.sent).toEqual({ kind: 'busy', retryAfterMs: 9_000 });
    expect(inVain.fetch).toHaveBeenCalledTimes(2);
  });

  it('is too large also where a proxy says so', async () => {
    expect(await send(reply('<html>', 413)).sent).toEqual({ kind: 'too-large' });
  });

  it('is refused where our server says why', async () => {
    const { sent } = send(reply(problemOf('outdated-client'), 426));
    expect(await sent).toEqual({ kind: 'refused', problem: 'outdated-client' });
  });

  it.each([
    ['a page of a proxy', reply('<html>', 502)],
    ['a captive portal', reply('<html>')],
    ['fewer results than envelopes', reply({ ...EPOCH, results: [] })],
    ['an error of the server itself', reply(problemOf('internal'), 500)],
    ['a refusal by somebody else', reply({ message: 'no' }, 403)],
    ['a network that fails', () => Promise.reject(new TypeError('failed to fetch'))],
  ])('counts %s as no answer', async (_what, answer) => {
    expect(await send(answer).sent).toEqual({ kind: 'network' });
  });

  it.each(['time limit', 'cancel'])('is given up by the %s', async (how) => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const sent = sendBatch(neverAnswers as typeof globalThis.fetch, [{}], stop.signal, () => NOW);
    if (how === 'cancel') stop.abort();
    else await vi.advanceTimersByTimeAsync(BATCH_LIMIT_MS);
    expect(await sent).toEqual({ kind: 'network' });
  });
});
