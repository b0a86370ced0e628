import { describe, expect, it, test, vi } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import type { Assessment } from '#core/contract/assessment.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { createApi, REQUEST_LIMIT_MS } from '#client/admin/api.ts';
import { ApiError } from '#client/admin/api-error.ts';
import { NO_FIGURES } from '#core/contract/figures.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import { cardOf } from '#core/scoring/card.ts';

function apiThatGets(reply: () => Promise<Response>) {
  const fetch = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(reply);
  const onNotSignedIn = vi.fn<() => void>();
  const api = createApi({ fetch: fetch as unknown as typeof globalThis.fetch, onNotSignedIn });
  return { api, fetch, onNotSignedIn };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));

/** A fetch that ends only when it is given up. */
const neverAnswers = (_path: string, init: RequestInit) =>
  new Promise<Response>((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  });

/** A reply whose body ends only when it is given up. */
const neverEnds = async (_path: string, init: RequestInit) =>
  new Response(
    new ReadableStream({
      start(body) {
        init.signal?.addEventListener('abort', () =>
          body.error(new DOMException('', 'AbortError')),
        );
      },
    }),
  );

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe("the office's requests", () => {
  it('gives the parsed reply and drops what the contract does not know', async () => {
    const { api, fetch } = apiThatGets(json({ name: 'somchai', role: 'viewer', more: 1 }));
    await expect(api.signIn({ name: 'somchai', password: 'x' })).resolves.toEqual({
      name: 'somchai',
      role: 'viewer',
    });
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/session');
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      body: '{"name":"somchai","password":"x"}',
    });
  });

  it('changes an assessment only as it was loaded', async () => {
    const draft = {
      organization: { th: 'สำนักงานเขต' },
      fiscalYear: 2568,
      instruments: ['iit-2567'],
      departments: [{ number: 1, name: { th: 'ฝ่ายปกครอง' }, targets: {}, retired: false }],
      suppressionThreshold: 5,
    };
    const loaded: Assessment = {
      id: '00000000-0000-4000-8000-000000000900',
      ...draft,
      life: OPEN_LIFE,
      deletedOn: null,
    };
    const { api, fetch } = apiThatGets(json(problemOf('changed-meanwhile'), 412));
    const error = await errorOf(api.changeAssessment(loaded, { ...draft, fiscalYear: 2569 }));
    expect(error.code).toBe('changed-meanwhile');
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: 'PUT',
      headers: { 'if-match': `"${assessmentTag(loaded)}"`, 'content-type': 'application/json' },
    });
  });

  it('turns a problem into an error with its code and place', async () => {
    const { api, onNotSignedIn } = apiThatGets(
      json(problemOf('invalid-request', 'fiscalYear'), 400),
    );
    const error = await errorOf(api.assessments());
    expect([error.code, error.detail]).toEqual(['invalid-request', 'fiscalYear']);
    expect(onNotSignedIn).not.toHaveBeenCalled();
  });

  it('tells when nobody is signed in', async () => {
    const { api, onNotSignedIn } = apiThatGets(json(problemOf('not-signed-in'), 401));
    expect((await errorOf(api.assessments())).code).toBe('not-signed-in');
    expect(onNotSignedIn).toHaveBeenCalledOnce();
  });

  it('calls a network that fails unreachable', async () => {
    const { api } = apiThatGets(() => Promise.reject(new TypeError('failed to fetch')));
    expect((await errorOf(api.session())).code).toBe('unreachable');
  });

  it.each([
    ['does not answer', neverAnswers],
    ['stops in the middle of its answer', neverEnds],
  ])('gives up on a server that %s in time', async (_what, fetch) => {
    vi.useFakeTimers();
    const onNotSignedIn = vi.fn<() => void>();
    const api = createApi({ fetch: fetch as typeof globalThis.fetch, onNotSignedIn });
    const error = errorOf(api.session());
    await vi.advanceTimersByTimeAsync(REQUEST_LIMIT_MS);
    expect((await error).code).toBe('unreachable');
    vi.useRealTimers();
  });

  it.each([
    ['a page of a proxy', () => Promise.resolve(new Response('<html>', { status: 502 }))],
    ['JSON that is no problem', json({ message: 'no' }, 500)],
    ['a reply that is not of the contract', json({ user: 'somchai' })],
  ])('calls %s unreadable', async (_what, reply) => {
    const { api } = apiThatGets(reply);
    expect((await errorOf(api.session())).code).toBe('unreadable');
  });

  it('needs no body in the answer to a sign-out', async () => {
    const { api } = apiThatGets(() => Promise.resolve(new Response(null, { status: 204 })));
    await expect(api.signOut()).resolves.toBeUndefined();
  });
});

test('the comparison of a server of the version before, which knows not who is missing, names nobody', async () => {
  const told = { fiscalYear: 2568, years: [2568], rows: [] };
  const { api } = apiThatGets(json(told));
  await expect(api.rollUp(2568)).resolves.toEqual({ ...told, without: [] });
});

describe('scores with their card', () => {
  const SCORES = {
    threshold: 5,
    instruments: [],
    departments: [],
    asOf: '2024-11-20T09:00:00.000Z',
    isLatest: true,
  };
  const basis = { fiscalYear: 2568, tools: [] };
  const card = { card: cardOf(basis), basis, entered: NO_FIGURES };

  it('come in one reply', async () => {
    const { api, fetch } = apiThatGets(json({ ...SCORES, card }));
    await expect(api.scoresWithCard('one')).resolves.toEqual({ ...SCORES, card });
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('come in two from a server of the version before, which knows no card of scores', async () => {
    const { api, fetch } = apiThatGets(json(SCORES));
    fetch.mockImplementation(async (path) => json(path.endsWith('/card') ? card : SCORES)());
    await expect(api.scoresWithCard('one', 'wait')).resolves.toEqual({ ...SCORES, card });
    expect(fetch.mock.calls.map(([path]) => path)).toEqual([
      '/api/v1/assessments/one/scores?card=yes&wait=yes',
      '/api/v1/assessments/one/card',
    ]);
  });
});
