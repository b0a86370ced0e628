import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '#core/contract/digest.ts';

describe('a digest', () => {
  // FIPS 180-4 and its published examples.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of "%s" is the published one', (body, expected) => {
    expect(digestOf(body)).toBe(expected);
  });

  it('is of the UTF-8 bytes, as any other implementation makes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (body) => {
        expect(digestOf(`${body}สุจริต`)).toBe(
          createHash('sha256').update(`${body}สุจริต`, 'utf8').digest('hex'),
        );
      }),
      { seed: 2567 },
    );
  });
});
