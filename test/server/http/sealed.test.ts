import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { mayBeStored, toEnvelope } from '#client/seal/sealed-envelope.ts';
import { type Admission, writeAdmitted } from '#core/contract/admission.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { channelSchema } from '#core/contract/channel.ts';
import { digestOf } from '#core/contract/digest.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { DRAFT, EIT, IIT, MORE_INSTRUMENTS, NEXT_IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createKnownSealKeys } from '#server/sealing/known-seal-keys.ts';
import type { Storage } from '#server/storage/storage.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** An office whose devices seal what they send. */
async function office() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(IIT.id);

  async function channel() {
    return channelSchema.parse(await (await server.app.request(`/api/v1/channels/${code}`)).json());
  }

  /** As a device makes it that has asked for the channel just now. */
  async function sealed(id: number, content = response(IIT), admission: Admission | null = null) {
    return toEnvelope(numberedUuid(id), await channel(), content, admission);
  }

  /** What became of one envelope: the result, and the problem with its place. */
  async function outcomeOf(envelope: Envelope): Promise<string> {
    const [result] = await server.resultsOf([envelope]);
    if (!result) throw new Error('no result');
    if (!('problem' in result)) return result.result;
    return `${result.result} ${result.problem.code} ${result.problem.detail}`;
  }

  const stored = async () => server.storage.readResponses({ channel: code, after: '', limit: 10 });
  return { ...server, assessment, code, channel, sealed, outcomeOf, stored };
}

/** The envelope with another body, and the digest that belongs to it. */
const withBody = (envelope: Envelope, body: string): Envelope => ({
  ...envelope,
  body,
  digest: digestOf(body),
});

describe('a sealed response', () => {
  test('is opened, judged and stored as one that came open', async () => {
    const { sealed, outcomeOf, stored, code } = await office();
    const content = response(IIT);
    const envelope = await sealed(1, content);
    expect(await outcomeOf(envelope)).toBe('accepted');
    const body = canonicalJson(content);
    expect(await stored()).toEqual([
      { id: envelope.id, channel: code, day: '2024-11-20', digest: digestOf(body), body },
    ]);
  });

  test('is expected by the storage while it is opened, so that it shares its commit', async () => {
    const { sealed, outcomeOf, storage } = await office();
    const order: string[] = [];
    const expecting = storage.expecting.bind(storage);
    const keep = storage.keepResponses.bind(storage);
    vi.spyOn(storage, 'expecting').mockImplementation(async (judging) => {
      order.push('expected');
      const judged = await expecting(judging);
      order.push('judged');
      return judged;
    });
    vi.spyOn(storage, 'keepResponses').mockImplementation(async (toKeep) => {
      order.push('to keep');
      return keep(toKeep);
    });
    expect(await outcomeOf(await sealed(1))).toBe('accepted');
    expect(order).toEqual(['expected', 'judged', 'to keep']);
  });

  test('shows nothing of the answers on its way, not even by its length', async () => {
    const { sealed } = await office();
    const frank = { I1: 6, I2: 6 };
    const one = await sealed(1);
    const other = await sealed(
      2,
      response(IIT, {
        answers: { ...response(IIT).answers, ...frank },
        respondent: { ...response(IIT).respondent, age: null, gender: null },
        quality: ['too-fast'],
      }),
    );
    for (const { body } of [one, other]) {
      expect(Object.keys(JSON.parse(body))).toEqual(['ciphertext', 'encapsulated', 'key']);
      expect(body).not.toContain('I1');
    }
    expect(other.body).toHaveLength(one.body.length);
  });

  test('sent again is a duplicate, also sealed anew', async () => {
    const { sealed, outcomeOf, stored } = await office();
    const envelope = await sealed(1);
    expect(await outcomeOf(envelope)).toBe('accepted');
    expect(await outcomeOf(envelope)).toBe('duplicate');
    const anew = await sealed(1);
    expect(anew.body).not.toBe(envelope.body);
    expect(await outcomeOf(anew)).toBe('duplicate');
    expect(await stored()).toHaveLength(1);
  });

  test('under a known id is a conflict, kept and exported as it came', async () => {
    const { sealed, outcomeOf, ask, assessment } = await office();
    await outcomeOf(await sealed(1));
    const other = await sealed(1, response(IIT, { language: 'my' }));
    expect(await outcomeOf(other)).toBe('conflict');
    const file = await ask('GET', `/api/v1/assessments/${assessment.id}/set-aside/export`);
    expect((await file.json()).envelopes).toEqual([other]);
  });

  test('is refused where it would be refused open, with the same reason', async () => {
    const { sealed, outcomeOf } = await office();
    const { I1: _left, ...answers } = response(IIT).answers;
    expect(await outcomeOf(await sealed(1, response(IIT, { answers })))).toBe(
      'refused item-missing I1',
    );
    expect(await outcomeOf(await sealed(2, response(EIT)))).toBe(
      'refused instrument-mismatch instrument',
    );
  });

  test('of a later questionnaire waits sealed until the server knows it', async () => {
    const { createAssessment, ask, outcomeOf, replaceBuild, ...server } = await office();
    replaceBuild({ instruments: MORE_INSTRUMENTS });
    const { assessment, channels } = await createAssessment({
      ...DRAFT,
      fiscalYear: 2570,
      instruments: [NEXT_IIT.id],
    });
    const [first] = channels;
    const reply = await ask('GET', `/api/v1/channels/${first?.code}`);
    const channel = channelSchema.parse(await reply.json());
    const envelope = await toEnvelope(numberedUuid(7), channel, response(NEXT_IIT), null);
    replaceBuild({});
    expect(await outcomeOf(envelope)).toBe('quarantined instrument-unknown instrument');
    const page = { channel: channel.code, after: null, limit: 10 };
    expect(await server.storage.readQuarantine(page)).toMatchObject([
      { protocol: 2, body: envelope.body, digest: envelope.digest },
    ]);
    replaceBuild({ instruments: MORE_INSTRUMENTS });
    const retried = await ask('POST', `/api/v1/assessments/${assessment.id}/set-aside/retry`);
    expect(await retried.json()).toMatchObject({ counted: 1, remaining: 0 });
    expect(
      await server.storage.readResponses({ channel: channel.code, after: '', limit: 10 }),
    ).toMatchObject([{ body: canonicalJson(response(NEXT_IIT)) }]);
  });
});

const CODE: Admission = { by: 'code', code: 'AAAA2222' };
const DISPLAY: Admission = { by: 'display', window: 57_000_000, mark: '0123456789abcdef' };

describe('what a person came in by', () => {
  test.each([CODE, DISPLAY])(
    'travels sealed with the response and is not stored: $by',
    async (by) => {
      const { sealed, outcomeOf, stored, databaseFile, handle } = await office();
      const envelope = await sealed(1, response(IIT), by);
      expect(envelope.protocol).toBe(3);
      expect(Object.keys(JSON.parse(envelope.body))).toEqual(['ciphertext', 'encapsulated', 'key']);
      expect(await outcomeOf(envelope)).toBe('accepted');
      const body = canonicalJson(response(IIT));
      expect(await stored()).toMatchObject([{ digest: digestOf(body), body }]);
      handle.pragma('wal_checkpoint(TRUNCATE)');
      const written = readFileSync(databaseFile).toString('latin1');
      expect(written).toContain(envelope.id);
      expect(written).not.toContain(by.by === 'code' ? by.code : by.mark);
    },
  );

  test('changes nothing of the response: sent again without it, or with another, it is a duplicate', async () => {
    const { sealed, outcomeOf } = await office();
    expect(await outcomeOf(await sealed(1, response(IIT), CODE))).toBe('accepted');
    expect(await outcomeOf(await sealed(1, response(IIT), DISPLAY))).toBe('duplicate');
    expect(await outcomeOf(await sealed(1))).toBe('duplicate');
  });

  test('is left out where the response is kept as a conflict', async () => {
    const { sealed, outcomeOf, ask, assessment } = await office();
    await outcomeOf(await sealed(1, response(IIT), CODE));
    const other = response(IIT, { language: 'my' });
    expect(await outcomeOf(await sealed(1, other, CODE))).toBe('conflict');
    const file = await ask('GET', `/api/v1/assessments/${assessment.id}/set-aside/export`);
    const { envelopes } = await file.json();
    expect(envelopes).toMatchObject([{ protocol: 1, body: canonicalJson(other) }]);
  });

  test('comes open from a browser that cannot seal', async () => {
    const { channel, outcomeOf, stored } = await office();
    const unsealing = { ...(await channel()), seal: null };
    const envelope = await toEnvelope(numberedUuid(1), unsealing, response(IIT), CODE);
    expect(envelope.body).toBe(writeAdmitted(CODE, response(IIT)));
    expect(mayBeStored(envelope, unsealing)).toBe(false);
    expect(await outcomeOf(envelope)).toBe('accepted');
    expect(await stored()).toMatchObject([{ body: canonicalJson(response(IIT)) }]);
  });

  test.each([
    ['that is none', '{"admission":{"by":"luck"},"response":{}}', 'admission'],
    [
      'with more beside it',
      '{"admission":{"by":"code","code":"A","name":"x"},"response":{}}',
      'admission',
    ],
    ['without a response', '{"admission":{"by":"code","code":"A"},"response":{}}', 'instrument'],
  ])('is refused as anything %s', async (_, body, place) => {
    const { sealed, outcomeOf } = await office();
    const envelope = withBody(await sealed(1, response(IIT), CODE), body);
    expect(await outcomeOf(envelope)).toBe(`refused response-malformed ${place}`);
  });

  test('is refused in another writing, in which something could hide', async () => {
    const { sealed, outcomeOf } = await office();
    const written = writeAdmitted(CODE, response(IIT));
    const hiding = written.replace('"by":"code"', '"by":"code","by":"code"');
    const envelope = withBody(await sealed(1, response(IIT), CODE), hiding);
    expect(await outcomeOf(envelope)).toBe('refused response-malformed body');
  });

  test('is refused damaged as any sealed body', async () => {
    const { sealed, outcomeOf } = await office();
    const envelope = await sealed(1, response(IIT), CODE);
    const damaged = envelope.body.replace(/"ciphertext":"../, '"ciphertext":"00');
    expect(await outcomeOf(withBody(envelope, damaged))).toBe('refused seal-broken body');
  });
});

describe('what is not as it was sealed', () => {
  test.each([
    ['with a byte changed', (body: string) => body.replace(/"ciphertext":"../, '"ciphertext":"00')],
    ['cut', (body: string) => body.replace(/"ciphertext":"\w{64}/, '"ciphertext":"')],
    ['with another encapsulated key', (body: string) => body.replace(/04(..)/, '04ff')],
    ['with a body of no sealed kind', () => 'sealed'],
  ])('is refused %s', async (_, change) => {
    const { sealed, outcomeOf } = await office();
    const envelope = await sealed(1);
    const changed = withBody(envelope, change(envelope.body));
    expect(changed.body).not.toBe(envelope.body);
    expect(await outcomeOf(changed)).toBe('refused seal-broken body');
  });

  test('is refused under another id or in another channel', async () => {
    const { sealed, outcomeOf, ask, assessment } = await office();
    const envelope = await sealed(1);
    expect(await outcomeOf({ ...envelope, id: numberedUuid(2) })).toBe('refused seal-broken body');
    const list = await ask('GET', `/api/v1/assessments/${assessment.id}/channels`);
    const { channels } = await list.json();
    const other = channels.find(
      ({ instrument, department }: { instrument: string; department: number | null }) =>
        instrument === IIT.id && department === 2,
    );
    expect(await outcomeOf({ ...envelope, channel: other.code })).toBe('refused seal-broken body');
  });
});

describe('the keys of an assessment', () => {
  test('can be renewed, and what is sealed to the old one still opens', async () => {
    const { sealed, channel, outcomeOf, storage, assessment } = await office();
    const before = await sealed(1);
    const { seal: first } = await channel();
    expect(await storage.renewSealKey(assessment.id)).toBe(2);
    const { seal: second } = await channel();
    expect(second?.number).toBe(2);
    expect(second?.publicKey).not.toBe(first?.publicKey);
    expect(await outcomeOf(await sealed(2))).toBe('accepted');
    expect(await outcomeOf(before)).toBe('accepted');
  });

  test('are others in a copy for the next year', async () => {
    const { ask, channel, assessment } = await office();
    const path = `/api/v1/assessments/${assessment.id}/copies`;
    const copy = await (await ask('POST', path, { json: { fiscalYear: 2569 } })).json();
    const { seal } = await (await ask('GET', `/api/v1/assessments/${copy.id}/seal-key`)).json();
    const { seal: first } = await channel();
    expect(seal).toMatchObject({ number: 1 });
    expect(seal.publicKey).not.toBe(first?.publicKey);
  });

  test('are shown and renewed over the API, which the log tells of', async () => {
    const { ask, channel, assessment } = await office();
    const path = `/api/v1/assessments/${assessment.id}`;
    const { seal } = await channel();
    expect(await (await ask('GET', `${path}/seal-key`)).json()).toEqual({ seal });
    const renewed = await ask('POST', `${path}/seal-keys`);
    expect(renewed.status).toBe(201);
    expect(await renewed.json()).toEqual({ seal: (await channel()).seal });
    const { entries } = await (await ask('GET', '/api/v1/audit')).json();
    expect(entries[0]).toMatchObject({ action: 'seal-key-renewed', assessment: assessment.id });
  });

  test('stay as they are while it is archived, when nothing is sealed to them any more', async () => {
    const { ask, assessment } = await office();
    const path = `/api/v1/assessments/${assessment.id}`;
    await ask('PUT', `${path}/life`, { json: { ...assessment.life, state: 'archived' } });
    expect(await problemIn(await ask('POST', `${path}/seal-keys`))).toBe('409 assessment-archived');
    const { seal } = await (await ask('GET', `${path}/seal-key`)).json();
    expect(seal).toMatchObject({ number: 1 });
  });

  test('are computed once, and forgotten when their assessment is gone', async () => {
    const { storage, sealed, assessment } = await office();
    const envelope = await sealed(1);
    const findSealSecret = vi.fn<Storage['findSealSecret']>((id) => storage.findSealSecret(id));
    const keys = createKnownSealKeys({ findSealSecret });
    const first = await keys.current(assessment.id);
    expect(await keys.current(assessment.id)).toBe(first);
    expect(await keys.openSealed(assessment.id, envelope)).toMatchObject({ state: 'open' });

    findSealSecret.mockResolvedValue(null);
    keys.forget();
    expect(await keys.current(assessment.id)).toBeNull();
    expect(await keys.openSealed(assessment.id, envelope)).toEqual({ state: 'unknown-key' });
  });

  test('open what was sealed to a key that is newer than the restored database', async () => {
    const { sealed, outcomeOf, storage, assessment, handle } = await office();
    await storage.renewSealKey(assessment.id);
    await storage.renewSealKey(assessment.id);
    const envelope = await sealed(1);
    handle.prepare('update seal_secrets set keys = 1').run();
    expect(JSON.parse(envelope.body)).toMatchObject({ key: 3 });
    expect(await outcomeOf(envelope)).toBe('accepted');
  });

  test('are not tried without end: what names a far one is set aside', async () => {
    const { sealed, outcomeOf } = await office();
    const envelope = await sealed(1);
    const far = withBody(envelope, envelope.body.replace('"key":1', '"key":1000000'));
    expect(await outcomeOf(far)).toBe('quarantined seal-key-unknown key');
  });

  test('are not there for an assessment from before there was sealing', async () => {
    const { channel, handle, outcomeOf, sealed, code, ask, assessment } = await office();
    handle.prepare('delete from seal_secrets').run();
    const old = await channel();
    expect(old.seal).toBeNull();
    const path = `/api/v1/assessments/${assessment.id}`;
    expect(await (await ask('GET', `${path}/seal-key`)).json()).toEqual({ seal: null });
    expect(await problemIn(await ask('POST', `${path}/seal-keys`))).toBe('404 not-found');
    const envelope = await sealed(1);
    expect(envelope).toMatchObject({ protocol: 1, channel: code });
    expect(mayBeStored(envelope, old)).toBe(true);
    expect(await outcomeOf(envelope)).toBe('accepted');
  });
});

test('a device of an older build sends open responses to an assessment that seals', async () => {
  const { channel, outcomeOf } = await office();
  const envelope = await toEnvelope(
    numberedUuid(1),
    { ...(await channel()), seal: null },
    response(IIT),
    null,
  );
  expect(envelope.protocol).toBe(1);
  expect(await outcomeOf(envelope)).toBe('accepted');
});

describe('many envelopes at once', () => {
  test('have the secret looked up once, and the broken ones opened once', async () => {
    const { sealed, resultsOf, storage, effects, replaceBuild } = await office();
    const envelopes = await Promise.all([1, 2, 3, 4].map(async (number) => sealed(number)));
    const findSealSecret = vi.spyOn(storage, 'findSealSecret');
    const findChannels = vi.spyOn(storage, 'findChannels');
    expect(effects.storage).toBe(storage);
    replaceBuild({});
    const [first, ...others] = envelopes;
    if (!first) throw new Error('no envelope');
    const broken = withBody(first, first.body.replace(/"ciphertext":"../, '"ciphertext":"00'));
    const results = await resultsOf([broken, ...others]);
    expect(results.map(({ result }) => result)).toEqual([
      'refused',
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect(findSealSecret).toHaveBeenCalledOnce();
    expect(findChannels).toHaveBeenCalledOnce();
  });

  test('are looked at in quarantine with one look at the secret', async () => {
    const { sealed, resultsOf, storage, ask, assessment } = await office();
    const envelopes = await Promise.all([1, 2, 3].map(async (number) => sealed(number)));
    await resultsOf(
      envelopes.map((each) => withBody(each, each.body.replace('"key":1', '"key":1000000'))),
    );
    const findSealSecret = vi.spyOn(storage, 'findSealSecret');
    const path = `/api/v1/assessments/${assessment.id}/set-aside`;
    expect(await (await ask('GET', path)).json()).toMatchObject({ quarantined: [{ count: 3 }] });
    expect(findSealSecret).toHaveBeenCalledOnce();
  });

  test('are told to try again where the secret cannot be read now, and kept then', async () => {
    const { sealed, sendBatch, outcomeOf, storage } = await office();
    const envelope = await sealed(1);
    const findSealSecret = vi.spyOn(storage, 'findSealSecret');
    findSealSecret.mockRejectedValueOnce(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }));
    expect((await sendBatch([envelope])).status).toBeGreaterThanOrEqual(500);
    expect(await outcomeOf(envelope)).toBe('accepted');
  });
});
