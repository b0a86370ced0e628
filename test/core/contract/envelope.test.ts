import { describe, expect, it } from 'vitest';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { digestOf } from '#core/contract/digest.ts';
import { envelopeSchema } from '#core/contract/envelope.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import { MAX_BODY_CHARACTERS, PLAIN_PROTOCOL } from '#core/contract/protocol.ts';

const ID = '2f1c1b8e-9d3a-4c59-8a49-3f6a5f2b7c10';
const CHANNEL = makeChannelCode(() => 3);

const envelope = plainEnvelope(ID, CHANNEL, {
  instrument: 'eit-2567',
  language: 'th',
  answers: { E2: 1, E1: 6 },
  respondent: { age: null },
  day: '2025-02-28',
  quality: [],
});

describe('an envelope', () => {
  it('holds the response as canonical JSON, with its digest', () => {
    expect(envelope).toEqual({
      id: ID,
      protocol: PLAIN_PROTOCOL,
      channel: CHANNEL,
      digest: digestOf(envelope.body),
      body: '{"answers":{"E1":6,"E2":1},"day":"2025-02-28","instrument":"eit-2567","language":"th","quality":[],"respondent":{"age":null}}',
    });
    expect(envelopeSchema.parse(envelope)).toEqual(envelope);
  });

  it.each([
    ['an id that tells the time', { ...envelope, id: '01890a5d-ac96-774b-bcce-b302099a8057' }],
    ['an id that is none', { ...envelope, id: '1' }],
    ['a mistyped channel', { ...envelope, channel: CHANNEL.replace(/.$/, '2') }],
    ['a digest in capitals', { ...envelope, digest: envelope.digest.toUpperCase() }],
    ['a body over the limit', { ...envelope, body: ' '.repeat(MAX_BODY_CHARACTERS + 1) }],
    ['protocol 0', { ...envelope, protocol: 0 }],
    ['a protocol over the limit', { ...envelope, protocol: 2 ** 31 }],
    ['something besides', { ...envelope, sentAt: 1 }],
  ])('is refused with %s', (_, changed) => {
    expect(envelopeSchema.safeParse(changed).success).toBe(false);
  });
});
