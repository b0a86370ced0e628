import { assert, property, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { type Admission, writeAdmitted } from '#core/contract/admission.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { QUALITY_FLAGS, type Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { pad, unpad } from '#core/seal/padding.ts';
import { INSTRUMENTS, response } from '../../server/support/fixtures.ts';

const bytesOf = (content: Response) => new TextEncoder().encode(canonicalJson(content));

function longestOf(instrument: Instrument): Response {
  const { items, fields } = instrument;
  return response(instrument, {
    answers: Object.fromEntries(items.map(({ code }) => [code, 200])),
    respondent: Object.fromEntries(fields.map(({ code }) => [code, null])),
    quality: [...QUALITY_FLAGS],
  });
}

it('gives back every text that was padded', () => {
  assert(
    property(uint8Array({ maxLength: 2_000 }), (bytes) => {
      expect(unpad(pad(bytes))).toEqual(bytes);
    }),
  );
});

it.each([
  [0, 512],
  [300, 512],
  [511, 512],
  [512, 1_024],
  [1_023, 1_024],
])('makes %i bytes %i', (length, padded) => {
  expect(pad(new Uint8Array(length).fill(7))).toHaveLength(padded);
});

it.each([...INSTRUMENTS.values()])('makes every response of $id equally long', (instrument) => {
  expect(pad(bytesOf(longestOf(instrument)))).toHaveLength(
    pad(bytesOf(response(instrument))).length,
  );
});

it.each([...INSTRUMENTS.values()])(
  'makes every response of $id equally long, with what its person came in by',
  (instrument) => {
    const lengthOf = (admission: Admission) =>
      pad(new TextEncoder().encode(writeAdmitted(admission, longestOf(instrument)))).length;
    const short = pad(bytesOf(response(instrument))).length;
    expect(lengthOf({ by: 'code', code: 'X'.repeat(20) })).toBe(short);
    expect(lengthOf({ by: 'display', window: 99_999_999, mark: 'f'.repeat(16) })).toBe(short);
  },
);

it.each([
  ['nothing but zeros', new Uint8Array(512)],
  ['no bytes', new Uint8Array(0)],
  ['something after the end', Uint8Array.of(1, 0x80, 0, 3)],
])('knows %s from padding', (_, bytes) => {
  expect(unpad(bytes)).toBeNull();
});
