import { describe, expect, test } from 'vitest';
import type { Envelope } from '#core/contract/envelope.ts';
import { envelopeFileSchema } from '#core/contract/envelope-file.ts';
import { participationSchema } from '#core/contract/participation.ts';
import type { Response } from '#core/contract/response.ts';
import { scoresSchema } from '#core/contract/scores.ts';
import { retrySchema, setAsideSchema } from '#core/contract/set-aside.ts';
import { sha256 } from '#server/sha256.ts';
import {
  DRAFT,
  envelope,
  IIT,
  INSTRUMENTS,
  MORE_INSTRUMENTS,
  NEXT_IIT,
  response,
} from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const LATER = { instruments: MORE_INSTRUMENTS };
const EARLIER = { instruments: INSTRUMENTS };

/**
 * An assessment with a questionnaire that only the later build knows, made by it; the earlier build has taken over since,
 * as after going back to an older version.
 */
async function office() {
  const server = await createTestServer();
  server.replaceBuild(LATER);
  const instruments = [IIT.id, NEXT_IIT.id];
  const { assessment, channels } = await server.createAssessment({ ...DRAFT, instruments });
  server.replaceBuild(EARLIER);
  const codeOf = (id: string) => channels.find(({ instrument }) => instrument === id)?.code ?? '';
  const code = codeOf(NEXT_IIT.id);
  const path = `/api/v1/assessments/${assessment.id}`;

  const next = (id: number, changes: Partial<Response> = {}) =>
    envelope(id, code, response(NEXT_IIT, changes));
  const setAside = async () =>
    setAsideSchema.parse(await (await server.ask('GET', `${path}/set-aside`)).json());
  const retry = async () =>
    retrySchema.parse(await (await server.ask('POST', `${path}/set-aside/retry`)).json());
  const download = () => server.ask('GET', `${path}/set-aside/export`);
  const counted = async () => (await server.storage.countResponses([code])).get(code) ?? 0;

  return { ...server, assessment, code, codeOf, path, next, setAside, retry, download, counted };
}

describe('what is set aside', () => {
  test('is told by channel and reason, in numbers only', async () => {
    const { resultsOf, setAside, next, code, codeOf } = await office();
    const known = codeOf(IIT.id);
    await resultsOf([next(1), next(2), { ...next(3), protocol: 4 }]);
    await resultsOf([envelope(4, known), envelope(4, known, response(IIT, { language: 'my' }))]);
    expect(await setAside()).toMatchObject({
      quarantined: [
        {
          channel: code,
          problem: { code: 'instrument-unknown', detail: 'instrument' },
          count: 2,
        },
        { channel: code, problem: { code: 'instrument-unknown', detail: 'protocol' }, count: 1 },
      ],
      conflicts: [{ channel: known, count: 1 }],
      uncounted: [],
    });
  });

  test('is judged by what the build knows now', async () => {
    const { resultsOf, setAside, replaceBuild, next, code, codeOf } = await office();
    const { I2: _left, ...incomplete } = response(NEXT_IIT).answers;
    await resultsOf([
      next(1),
      next(2, { answers: incomplete }),
      envelope(3, codeOf(IIT.id), response(NEXT_IIT)),
    ]);
    replaceBuild(LATER);
    const { quarantined } = await setAside();
    expect(quarantined).toHaveLength(3);
    expect(quarantined).toEqual(
      expect.arrayContaining([
        { channel: code, problem: null, count: 1 },
        expect.objectContaining({
          channel: code,
          problem: expect.objectContaining({ code: 'item-missing', detail: 'I2' }),
        }),
        expect.objectContaining({
          channel: codeOf(IIT.id),
          problem: expect.objectContaining({ code: 'instrument-mismatch' }),
        }),
      ]),
    );
  });

  test('is nothing where everything is counted', async () => {
    const { resultsOf, setAside, codeOf, download } = await office();
    await resultsOf([envelope(1, codeOf(IIT.id))]);
    expect(await setAside()).toEqual({ quarantined: [], conflicts: [], uncounted: [] });
    expect(await problemIn(await download())).toBe('404 not-found');
  });
});

describe('a retry', () => {
  test('counts what the build understands now, under the day it came, and leaves the rest', async () => {
    const { resultsOf, retry, replaceBuild, next, code, codeOf, storage, clock } = await office();
    const wrong = envelope(2, codeOf(IIT.id), response(NEXT_IIT));
    await resultsOf([next(1), wrong, { ...next(3), protocol: 4 }]);
    clock.now += 48 * 60 * 60 * 1000;
    expect(await retry()).toEqual({
      counted: 0,
      duplicates: 0,
      conflicts: 0,
      uncounted: 0,
      remaining: 3,
    });
    replaceBuild(LATER);
    expect(await retry()).toEqual({
      counted: 1,
      duplicates: 0,
      conflicts: 0,
      uncounted: 0,
      remaining: 2,
    });
    const { body, digest } = next(1);
    expect(await storage.readResponses({ channel: code, after: '', limit: 10 })).toEqual([
      { id: numberedUuid(1), channel: code, day: '2024-11-20', digest, body },
    ]);
  });

  test('does nothing more the second time, and at the same time', async () => {
    const { resultsOf, retry, replaceBuild, next, counted } = await office();
    // More than fit into one page.
    const ids = Array.from({ length: 450 }, (_, index) => index + 1);
    for (let start = 0; start < ids.length; start += 100)
      await resultsOf(ids.slice(start, start + 100).map((id) => next(id)));
    replaceBuild(LATER);
    const both = await Promise.all([retry(), retry()]);
    expect(both.reduce((sum, told) => sum + told.counted, 0)).toBe(450);
    expect(both.map(({ duplicates, conflicts }) => duplicates + conflicts)).toEqual([0, 0]);
    expect(await retry()).toEqual({
      counted: 0,
      duplicates: 0,
      conflicts: 0,
      uncounted: 0,
      remaining: 0,
    });
    expect(await counted()).toBe(450);
  });

  test('knows what came again meanwhile, the same or another body', async () => {
    const { resultsOf, retry, replaceBuild, next, counted, setAside, code } = await office();
    await resultsOf([next(1), next(2)]);
    replaceBuild(LATER);
    expect(await resultsOf([next(1), next(2, { language: 'my' })])).toMatchObject([
      { result: 'accepted' },
      { result: 'accepted' },
    ]);
    expect(await retry()).toEqual({
      counted: 0,
      duplicates: 1,
      conflicts: 1,
      uncounted: 0,
      remaining: 0,
    });
    expect(await counted()).toBe(2);
    expect(await setAside()).toEqual({
      quarantined: [],
      conflicts: [{ channel: code, count: 1 }],
      uncounted: [],
    });
  });

  test('while the same envelopes arrive counts each once', async () => {
    const { resultsOf, retry, replaceBuild, next, counted } = await office();
    const envelopes = Array.from({ length: 100 }, (_, index) => next(index + 1));
    await resultsOf(envelopes);
    replaceBuild(LATER);
    const [told, results] = await Promise.all([retry(), resultsOf(envelopes)]);
    const accepted = results.filter(({ result }) => result === 'accepted').length;
    expect(accepted + told.counted).toBe(100);
    expect(told.counted + told.duplicates).toBe(100);
    expect(await counted()).toBe(100);
  });

  test('moves participation and scores, which were looked at before', async () => {
    const { resultsOf, retry, replaceBuild, next, ask, path } = await office();
    const read = async () => {
      const participation = await (await ask('GET', `${path}/participation`)).json();
      const scores = await (await ask('GET', `${path}/scores`)).json();
      const { instruments, quarantined } = participationSchema.parse(participation);
      return [instruments[1]?.n, quarantined, scoresSchema.parse(scores).instruments[1]?.office];
    };
    await resultsOf([1, 2, 3, 4, 5].map((id) => next(id)));
    replaceBuild(LATER);
    expect(await read()).toMatchObject([0, 5, { state: 'shown', n: 0 }]);
    await retry();
    expect(await read()).toMatchObject([5, 0, { state: 'shown', n: 5 }]);
  });

  test('with the disk full moves nothing and loses nothing', async () => {
    const { resultsOf, retry, replaceBuild, next, ask, path, handle, counted } = await office();
    await resultsOf(Array.from({ length: 100 }, (_, index) => next(index + 1)));
    replaceBuild(LATER);
    handle.pragma(`max_page_count = ${String(handle.pragma('page_count', { simple: true }))}`);
    const reply = await ask('POST', `${path}/set-aside/retry`);
    expect(await problemIn(reply)).toBe('503 storage-unavailable');
    expect(await counted()).toBe(0);
    handle.pragma('max_page_count = 1000000');
    expect(await retry()).toMatchObject({ counted: 100, remaining: 0 });
  });
});

describe('the export', () => {
  test('is an envelope file of all that is set aside, byte for byte, for another server', async () => {
    const { resultsOf, download, next, codeOf, replaceBuild } = await office();
    const known = codeOf(IIT.id);
    const newer: Envelope = { ...next(1), protocol: 4, body: 'newer', digest: sha256('newer') };
    const other = envelope(2, known, response(IIT, { language: 'my' }));
    const many = Array.from({ length: 250 }, (_, index) => next(index + 10));
    for (let start = 0; start < many.length; start += 100)
      await resultsOf(many.slice(start, start + 100));
    await resultsOf([newer, envelope(2, known), other]);

    const reply = await download();
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-disposition')).toBe(
      'attachment; filename="sucharit-set-aside-2024-11-20.json"',
    );
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const { envelopes } = envelopeFileSchema.parse(await reply.json());
    expect(envelopes).toHaveLength(252);
    expect(envelopes).toEqual(expect.arrayContaining([newer, other, ...many]));

    // What it holds is judged as any batch, and counted once.
    replaceBuild(LATER);
    const carried = envelopes.slice(100, 200);
    const results = await resultsOf(carried);
    expect(results.map(({ result }) => result)).toEqual(carried.map(() => 'accepted'));
    const again = await resultsOf(carried);
    expect(again.map(({ result }) => result)).toEqual(carried.map(() => 'duplicate'));
  });

  test('of conflicts alone is a file as well', async () => {
    const { resultsOf, download, codeOf } = await office();
    const other = envelope(1, codeOf(IIT.id), response(IIT, { language: 'my' }));
    await resultsOf([envelope(1, codeOf(IIT.id)), other]);
    expect(envelopeFileSchema.parse(await (await download()).json()).envelopes).toEqual([other]);
  });
});

test('what is set aside is of one assessment, and for who is signed in', async () => {
  const { app, ask, resultsOf, next, path, createAssessment, replaceBuild } = await office();
  await resultsOf([next(1)]);
  replaceBuild(LATER);
  const { assessment } = await createAssessment({ ...DRAFT, fiscalYear: 2569 });
  const elsewhere = `/api/v1/assessments/${assessment.id}/set-aside`;
  expect(await (await ask('GET', elsewhere)).json()).toEqual({
    quarantined: [],
    conflicts: [],
    uncounted: [],
  });
  expect(await (await ask('POST', `${elsewhere}/retry`)).json()).toMatchObject({ counted: 0 });
  expect(await problemIn(await ask('GET', `${elsewhere}/export`))).toBe('404 not-found');

  for (const of of ['', '/export'])
    expect(await problemIn(await app.request(`${path}/set-aside${of}`))).toBe('401 not-signed-in');
  const headers = { 'sec-fetch-site': 'same-origin' };
  const unknown = await app.request(`${path}/set-aside/retry`, { method: 'POST', headers });
  expect(await problemIn(unknown)).toBe('401 not-signed-in');
  const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
  const asked = await ask('POST', `${path}/set-aside/retry`, foreign);
  expect(await problemIn(asked)).toBe('403 cross-site');
  expect(await (await ask('POST', `${path}/set-aside/retry`)).json()).toMatchObject({ counted: 1 });
});
