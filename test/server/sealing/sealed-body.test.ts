import { expect, it } from 'vitest';
import { readSealedBody } from '#server/sealing/read-sealed-body.ts';
import { writeSealedBody } from '#core/seal/sealed-body.ts';

const BODY = { key: 3, encapsulated: Uint8Array.of(4, 255), ciphertext: Uint8Array.of(0, 16) };
const TEXT = '{"ciphertext":"0010","encapsulated":"04ff","key":3}';

it('writes canonical JSON and reads it back', () => {
  expect(writeSealedBody(BODY)).toBe(TEXT);
  expect(readSealedBody(TEXT)).toEqual(BODY);
});

it.each([
  ['no JSON', 'sealed'],
  ['a response', '{"answers":{}}'],
  ['another order', '{"key":3,"encapsulated":"04ff","ciphertext":"0010"}'],
  ['half a byte', '{"ciphertext":"001","encapsulated":"04ff","key":3}'],
  ['capital letters', '{"ciphertext":"0010","encapsulated":"04FF","key":3}'],
  ['half a byte of the key', '{"ciphertext":"0010","encapsulated":"04f","key":3}'],
  ['nothing sealed', '{"ciphertext":"","encapsulated":"04ff","key":3}'],
  ['a key written otherwise', '{"ciphertext":"0010","encapsulated":"04ff","key":03}'],
  [
    'a key beyond what numbers tell apart',
    '{"ciphertext":"0010","encapsulated":"04ff","key":9007199254740992}',
  ],
  ['a line more', '{"ciphertext":"0010","encapsulated":"04ff","key":3}\n'],
  ['a key of no number', '{"ciphertext":"0010","encapsulated":"04ff","key":0}'],
  ['something besides', '{"ciphertext":"0010","device":1,"encapsulated":"04ff","key":3}'],
])('reads %s as no sealed body', (_, text) => {
  expect(readSealedBody(text)).toBeNull();
});
