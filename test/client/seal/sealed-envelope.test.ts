import { afterEach, describe, expect, test, vi } from 'vitest';
import { mayBeStored, toEnvelope } from '#client/seal/sealed-envelope.ts';
import { writeAdmitted } from '#core/contract/admission.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import { buildResponse } from '#core/flow/build-response.ts';
import { channelOf, completedDraft } from '../../core/flow/channels.ts';

const ID = '2f1c1b8e-9d3a-4c59-8a49-3f6a5f2b7c10';

/** The base point of P-256: a public key, if nobody's. */
const PUBLIC_KEY =
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
  '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';

const sealing = channelOf('eit-2567', { seal: { number: 4, publicKey: PUBLIC_KEY } });
const response = buildResponse(sealing, completedDraft(sealing), {
  language: 'th',
  day: '2025-06-30',
  timings: {},
});

afterEach(() => vi.unstubAllGlobals());

const admission = { by: 'code', code: 'AAAA2222' } as const;

describe('what a person came in by', () => {
  test('is sealed along with the response', async () => {
    const envelope = await toEnvelope(ID, sealing, response, admission);
    expect(envelope.protocol).toBe(3);
    expect(JSON.parse(envelope.body)).toMatchObject({ key: 4 });
    expect(mayBeStored(envelope, sealing)).toBe(true);
  });

  test.each([sealing, { ...sealing, seal: null }])('is never stored open', async (channel) => {
    vi.stubGlobal('crypto', { getRandomValues: () => undefined });
    const envelope = await toEnvelope(ID, channel, response, admission);
    expect(envelope.body).toBe(writeAdmitted(admission, response));
    expect(envelope.protocol).toBe(3);
    expect(mayBeStored(envelope, channel)).toBe(false);
  });
});

describe('a finished response', () => {
  test('is sealed to the key of its channel, and may be stored', async () => {
    const envelope = await toEnvelope(ID, sealing, response, null);
    expect(envelope).toMatchObject({ id: ID, protocol: 2, channel: sealing.code });
    expect(JSON.parse(envelope.body)).toMatchObject({ key: 4 });
    expect(mayBeStored(envelope, sealing)).toBe(true);
  });

  test('stays open, and may be stored, where the assessment has no key', async () => {
    const old = { ...sealing, seal: null };
    const envelope = await toEnvelope(ID, old, response, null);
    expect(envelope).toEqual(plainEnvelope(ID, sealing.code, response));
    expect(mayBeStored(envelope, old)).toBe(true);
  });

  test('stays open, and may be stored, in a channel that was kept by a build that knew no seals', async () => {
    const { seal: _unknown, ...kept } = sealing;
    const old = JSON.parse(JSON.stringify(kept));
    const envelope = await toEnvelope(ID, old, response, null);
    expect(envelope.protocol).toBe(1);
    expect(mayBeStored(envelope, old)).toBe(true);
  });

  test.each([
    ['hides WebCrypto, as on plain HTTP', { getRandomValues: () => undefined }, PUBLIC_KEY],
    ['gets a key that is no point', crypto, `04${'00'.repeat(64)}`],
  ])('stays open, and may not be stored, where the browser %s', async (_, found, publicKey) => {
    vi.stubGlobal('crypto', found);
    const channel = { ...sealing, seal: { number: 1, publicKey } };
    const envelope = await toEnvelope(ID, channel, response, null);
    expect(envelope).toEqual(plainEnvelope(ID, sealing.code, response));
    expect(mayBeStored(envelope, channel)).toBe(false);
  });
});
