import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { digestOf } from '#core/contract/digest.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import { MAX_BATCH_BYTES } from '#core/contract/protocol.ts';
import { createApp } from '#server/http/app.ts';
import { sha256 } from '#server/sha256.ts';
import { EIT, envelope, IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** An envelope with any body, and the right digest for it. */
function envelopeOf(id: number, channel: string, body: string): Envelope {
  return { id: numberedUuid(id), protocol: 1, channel, digest: sha256(body), body };
}

async function officeChannel() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(IIT.id);
  return { ...server, assessment, code };
}

/** The outcome of one envelope as a line: result, code, detail. */
async function outcomeOf(
  server: Awaited<ReturnType<typeof officeChannel>>,
  sent: unknown,
): Promise<string> {
  const [result] = await server.resultsOf([sent]);
  if (!result) throw new Error('no result');
  if (!('problem' in result)) return result.result;
  const { code, detail } = result.problem;
  return [result.result, code, detail].filter(Boolean).join(' ');
}

test('the server and the device make the same digest', () => {
  for (const text of ['', '{"a":1}', 'สุจริต', '公正', 'ရိုးသား', '🙂 é'])
    expect(sha256(text)).toBe(digestOf(text));
});

describe('a batch', () => {
  test('is acknowledged envelope by envelope, in order', async () => {
    const { resultsOf, code } = await officeChannel();
    const [first, second] = [envelope(1, code), envelope(2, code)];
    expect(await resultsOf([second, first])).toEqual([
      { id: second.id, result: 'accepted' },
      { id: first.id, result: 'accepted' },
    ]);
    expect(await resultsOf([first, second, envelope(3, code)])).toEqual([
      { id: first.id, result: 'duplicate' },
      { id: second.id, result: 'duplicate' },
      { id: numberedUuid(3), result: 'accepted' },
    ]);
  });

  test('is stored under the day in Thailand', async () => {
    const { resultsOf, code, clock, storage } = await officeChannel();
    await resultsOf([envelope(1, code)]);
    clock.now += 31 * 60 * 1000;
    await resultsOf([envelope(2, code)]);
    const stored = await storage.readResponses({ channel: code, after: '', limit: 10 });
    expect(stored.map(({ day }) => day)).toEqual(['2024-11-20', '2024-11-21']);
  });

  test('with one bad envelope among 99 good ones keeps the 99', async () => {
    const { resultsOf, code, storage } = await officeChannel();
    const batch: unknown[] = Array.from({ length: 99 }, (_, index) => envelope(index + 1, code));
    batch.splice(50, 0, { ...envelope(500, code), digest: 'f'.repeat(64) });
    const results = await resultsOf(batch);
    expect(results[50]).toMatchObject({ result: 'refused', problem: { code: 'digest-mismatch' } });
    expect(results.filter(({ result }) => result === 'accepted')).toHaveLength(99);
    expect(await storage.countResponses([code])).toEqual(new Map([[code, 99]]));
  });

  test('is acknowledged in the epoch before it was stored, though another began behind the commit', async () => {
    const { effects, storage, code } = await officeChannel();
    const standing = { ...effects.standing };
    const keepResponses: typeof storage.keepResponses = async (toKeep) => {
      const keepings = await storage.keepResponses(toKeep);
      standing.epoch = numberedUuid(951);
      return keepings;
    };
    const app = createApp({ ...effects, standing, storage: { ...storage, keepResponses } });
    const body = JSON.stringify({ envelopes: [envelope(1, code)] });
    const reply = await app.request('/api/v1/batches', { method: 'POST', body });
    expect(await reply.json()).toMatchObject({
      epoch: effects.standing.epoch,
      results: [{ result: 'accepted' }],
    });
  });

  test('sent twice at the same time is accepted once', async () => {
    const { resultsOf, code, storage } = await officeChannel();
    const batch = Array.from({ length: 50 }, (_, index) => envelope(index + 1, code));
    const results = (await Promise.all([resultsOf(batch), resultsOf(batch)])).flat();
    expect(results.filter(({ result }) => result === 'accepted')).toHaveLength(50);
    expect(results.filter(({ result }) => result === 'duplicate')).toHaveLength(50);
    expect(await storage.countResponses([code])).toEqual(new Map([[code, 50]]));
  });

  test('with another body under a known id keeps both and tells', async () => {
    const { resultsOf, code, storage } = await officeChannel();
    await resultsOf([envelope(1, code)]);
    const changed = envelope(1, code, response(IIT, { language: 'my' }));
    expect(await resultsOf([changed])).toEqual([{ id: changed.id, result: 'conflict' }]);
    expect(await storage.countSetAside([code])).toEqual({
      quarantined: 0,
      conflicts: 1,
      uncounted: 0,
    });
  });

  test('over the number of envelopes is refused whole', async () => {
    const { sendBatch, code } = await officeChannel();
    const batch = Array.from({ length: 101 }, (_, index) => envelope(index + 1, code));
    expect(await problemIn(await sendBatch(batch))).toBe('413 too-many-envelopes');
  });

  test('without envelopes, or that is no batch, is refused', async () => {
    const { sendBatch, app } = await officeChannel();
    expect(await problemIn(await sendBatch([]))).toBe('400 invalid-request');
    const list = await app.request('/api/v1/batches', { method: 'POST', body: '[]' });
    expect(await problemIn(list)).toBe('400 invalid-request');
  });

  test.each([
    ['malformed JSON', '{"envelopes":[', '400 malformed-json'],
    ['nothing', '', '400 malformed-json'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), '400 not-utf8'],
    ['more bytes than allowed', 'x'.repeat(MAX_BATCH_BYTES + 1), '413 body-too-large'],
  ])('of %s is refused', async (_, body, problem) => {
    const { app } = await createTestServer();
    const reply = await app.request('/api/v1/batches', { method: 'POST', body });
    expect(await problemIn(reply)).toBe(problem);
  });

  test('that says it is large is refused before it is read', async () => {
    const { app } = await createTestServer();
    const reply = await app.request('/api/v1/batches', {
      method: 'POST',
      headers: { 'content-length': String(MAX_BATCH_BYTES + 1) },
      body: '{}',
    });
    expect(await problemIn(reply)).toBe('413 body-too-large');
  });

  test('without a length is counted while it streams, and not read to its end', async () => {
    const { app } = await createTestServer();
    let chunks = 0;
    const long = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
        if (chunks === 100) controller.close();
      },
    });
    // Node wants `duplex` for a streamed body; the DOM's types do not know it yet.
    const streamed: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: long,
      duplex: 'half',
    };
    expect(await problemIn(await app.request('/api/v1/batches', streamed))).toBe(
      '413 body-too-large',
    );
    expect(chunks).toBeLessThan(20);
  });
});

describe('an envelope', () => {
  test('for a closed channel is taken: it was finished before', async () => {
    const server = await officeChannel();
    await server.ask(
      'PATCH',
      `/api/v1/assessments/${server.assessment.id}/channels/${server.code}`,
      {
        json: { state: 'closed' },
      },
    );
    expect(await outcomeOf(server, envelope(1, server.code))).toBe('accepted');
  });

  test('for a channel that does not exist is refused', async () => {
    const server = await officeChannel();
    expect(await outcomeOf(server, envelope(1, '22222222'))).toBe('refused channel-unknown');
  });

  test('with a mistyped channel is told so', async () => {
    const server = await officeChannel();
    expect(await outcomeOf(server, envelope(1, 'ABCDEFGH'))).toBe(
      'refused channel-mistyped channel',
    );
  });

  test('with a wrong digest is refused', async () => {
    const server = await officeChannel();
    const sent = { ...envelope(1, server.code), digest: '0'.repeat(64) };
    expect(await outcomeOf(server, sent)).toBe('refused digest-mismatch');
  });

  test.each([
    ['no object', 7, 'refused envelope-malformed envelope'],
    [
      'another field',
      (good: Envelope) => ({ ...good, device: 'x' }),
      'refused envelope-malformed envelope',
    ],
    ['no body', (good: Envelope) => ({ ...good, body: 1 }), 'refused envelope-malformed body'],
    [
      'a body over the limit',
      (good: Envelope) => ({ ...good, body: 'x'.repeat(9000) }),
      'refused envelope-malformed body',
    ],
    [
      'a protocol that no database keeps',
      (good: Envelope) => ({ ...good, protocol: 2 ** 31 }),
      'refused envelope-malformed protocol',
    ],
    [
      'half a character',
      (good: Envelope) => envelopeOf(1, good.channel, '"\ud800"'),
      'refused envelope-malformed body',
    ],
    [
      'a NUL',
      (good: Envelope) => ({ ...envelopeOf(1, good.channel, '"\0"'), protocol: 9 }),
      'refused envelope-malformed body',
    ],
    [
      'a body that is no JSON',
      (good: Envelope) => envelopeOf(1, good.channel, '{...'),
      'refused response-malformed body',
    ],
    [
      'a body without its parts',
      (good: Envelope) => envelopeOf(1, good.channel, '{"instrument":"iit-2567"}'),
      'refused response-malformed language',
    ],
  ])('with %s is refused', async (_, make, outcome) => {
    const server = await officeChannel();
    const sent = typeof make === 'function' ? make(envelope(1, server.code)) : make;
    expect(await outcomeOf(server, sent)).toBe(outcome);
  });

  test('whose id is no random UUID is refused, and the id is not repeated', async () => {
    const { resultsOf, code } = await officeChannel();
    const sent = { ...envelope(1, code), id: '0190b5a2-0000-7000-8000-000000000000' };
    expect(await resultsOf([sent])).toMatchObject([{ id: null, result: 'refused' }]);
  });

  test('whose id is in capitals, which databases sort in several ways, is refused', async () => {
    const { resultsOf, code } = await officeChannel();
    const sent = { ...envelope(1, code), id: 'ABCDEF01-0000-4000-8000-000000000000' };
    const problem = { code: 'envelope-malformed', detail: 'id' };
    expect(await resultsOf([sent])).toMatchObject([{ id: null, result: 'refused', problem }]);
  });

  test.each([
    ['an unknown instrument', response({ ...IIT, id: 'iit-2599' }), 'instrument'],
    ['an unknown version of a body', { instrument: 'iit-2599', another: 'shape' }, 'instrument'],
  ])('of %s is kept apart', async (_, content, detail) => {
    const server = await officeChannel();
    const sent = envelopeOf(1, server.code, JSON.stringify(content));
    expect(await outcomeOf(server, sent)).toBe(`quarantined instrument-unknown ${detail}`);
    expect(await outcomeOf(server, sent)).toBe(`quarantined instrument-unknown ${detail}`);
    expect(await server.storage.countSetAside([server.code])).toEqual({
      quarantined: 1,
      conflicts: 0,
      uncounted: 0,
    });
  });

  test('of a newer protocol is kept apart', async () => {
    const server = await officeChannel();
    const sent = { ...envelopeOf(1, server.code, 'of tomorrow'), protocol: 4 };
    expect(await outcomeOf(server, sent)).toBe('quarantined instrument-unknown protocol');
  });

  const iit = response(IIT);
  const { I1: _omitted, ...withoutFirst } = iit.answers;
  test.each([
    ['another instrument than the channel', response(EIT), 'instrument-mismatch instrument'],
    [
      'an option out of range',
      { ...iit, answers: { ...iit.answers, I2: 7 } },
      'option-out-of-range I2',
    ],
    [
      'an option that is no number',
      { ...iit, answers: { ...iit.answers, I2: 'x' } },
      'response-malformed answers',
    ],
    ['a missing item', { ...iit, answers: withoutFirst }, 'item-missing I1'],
    ['an item of its own', { ...iit, answers: { ...iit.answers, I99: 1 } }, 'item-unknown answers'],
    ['a missing respondent field', { ...iit, respondent: {} }, 'field-missing'],
    [
      'a respondent field of its own',
      { ...iit, respondent: { ...iit.respondent, phone: 1 } },
      'field-unknown respondent',
    ],
    [
      'a department that the office does not have',
      { ...iit, respondent: { ...iit.respondent, department: 9 } },
      'option-out-of-range department',
    ],
    ['an extra field', { ...iit, device: 'x' }, 'response-malformed body'],
    [
      'a moment instead of a day',
      { ...iit, day: '2024-11-20T10:00:00Z' },
      'response-malformed day',
    ],
  ])('of %s is refused', async (_, content, outcome) => {
    const server = await officeChannel();
    const sent = envelopeOf(1, server.code, JSON.stringify(content));
    expect(await outcomeOf(server, sent)).toContain(`refused ${outcome}`);
  });

  const canonical = canonicalJson(iit);
  test.each([
    ['a key twice', canonical.replace('{', '{"day":"call 081 234 5678",')],
    ['a key that parsers pass over', canonical.replace('{"I1"', '{"__proto__":"call 081","I1"')],
    ['white space', JSON.stringify(iit, null, 1)],
    ['its keys in another order', JSON.stringify(iit)],
    ['a number written otherwise', canonical.replace('"I1":1', '"I1":1.0')],
  ])('whose body has %s is refused, whatever it says', async (_, body) => {
    const server = await officeChannel();
    expect(body).not.toBe(canonical);
    expect(await outcomeOf(server, envelopeOf(1, server.code, body))).toBe(
      'refused response-malformed body',
    );
    expect(await outcomeOf(server, envelopeOf(1, server.code, canonical))).toBe('accepted');
  });

  test('of a department that was made a moment ago is accepted, through any server', async () => {
    const server = await officeChannel();
    const { assessment, code, storage, resultsOf } = server;
    const ofDepartment = (id: number, department: number) =>
      envelope(id, code, { ...iit, respondent: { ...iit.respondent, department } });
    expect(await resultsOf([ofDepartment(1, 3), ofDepartment(2, 4)])).toMatchObject([
      { result: 'accepted' },
      { result: 'refused', problem: { code: 'option-out-of-range', detail: 'department' } },
    ]);
    // Another server on the same database makes it: this one is told nothing.
    const added = { number: 4, name: { th: 'ฝ่ายใหม่' }, targets: {}, retired: false };
    await storage.updateAssessment(
      assessment,
      { ...assessment, departments: [...assessment.departments, added] },
      [],
    );
    expect(await resultsOf([ofDepartment(2, 4), ofDepartment(1, 3)])).toMatchObject([
      { result: 'accepted' },
      { result: 'duplicate' },
    ]);
  });

  test('that names another department than its channel is refused', async () => {
    const server = await createTestServer();
    const { code } = await server.createChannel(IIT.id, 2);
    const own = response(IIT);
    const other = await server.resultsOf([envelope(1, code, own)]);
    expect(other).toMatchObject([
      { problem: { code: 'option-out-of-range', detail: 'department' } },
    ]);
    const right = { ...own, respondent: { ...own.respondent, department: 2 } };
    expect(await server.resultsOf([plainEnvelope(numberedUuid(1), code, right)])).toMatchObject([
      { result: 'accepted' },
    ]);
  });
});

describe('storage that fails', () => {
  test('with the disk full answers 503, acknowledges nothing, and goes on when there is space', async () => {
    const { sendBatch, resultsOf, code, handle, storage } = await officeChannel();
    handle.pragma(`max_page_count = ${String(handle.pragma('page_count', { simple: true }))}`);
    const batch = Array.from({ length: 100 }, (_, index) => envelope(index + 1, code));
    const reply = await sendBatch(batch);
    expect(reply.headers.get('retry-after')).toBe('10');
    expect(await problemIn(reply)).toBe('503 storage-unavailable');
    expect(await storage.countResponses([code])).toEqual(new Map());

    handle.pragma('max_page_count = 1000000');
    const results = await resultsOf(batch);
    expect(results.map(({ result }) => result)).toEqual(batch.map(() => 'accepted'));
  });

  test('as read-only answers 503', async () => {
    const { sendBatch, code, handle } = await officeChannel();
    handle.pragma('query_only = ON');
    expect(await problemIn(await sendBatch([envelope(1, code)]))).toBe('503 storage-unavailable');
  });
});
