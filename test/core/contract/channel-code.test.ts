import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CODE_ALPHABET,
  formatChannelCode,
  isChannelCode,
  makeChannelCode,
  normalizeChannelCode,
} from '#core/contract/channel-code.ts';
import { channelCodeSchema } from '#core/contract/channel-code-schema.ts';

const SEED = 2567;

const characterValues = fc.array(fc.nat(CODE_ALPHABET.length - 1), { minLength: 7, maxLength: 7 });

const codes = characterValues.map((values) => {
  const remaining = values.values();
  return makeChannelCode(() => remaining.next().value ?? 0);
});

const withCharacter = (code: string, place: number, character: string) =>
  code.slice(0, place) + character + code.slice(place + 1);

describe('a channel code', () => {
  it('is right as it was made, and as it is printed and typed again', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[2-9A-Z]{8}$/);
        expect(isChannelCode(code)).toBe(true);
        expect(channelCodeSchema.safeParse(code).success).toBe(true);
        expect(normalizeChannelCode(formatChannelCode(code))).toBe(code);
      }),
      { seed: SEED },
    );
  });

  it('is told to be wrong with any single wrong character', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const taken = code.split('').flatMap((own, place) =>
          CODE_ALPHABET.split('')
            .filter((character) => character !== own)
            .map((character) => withCharacter(code, place, character))
            .filter(isChannelCode),
        );
        expect(taken).toEqual([]);
      }),
      { seed: SEED },
    );
  });

  it('is told to be wrong with any two neighbours swapped', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const taken = code
          .slice(1)
          .split('')
          .map(
            (right, place) =>
              code.slice(0, place) + right + code.charAt(place) + code.slice(place + 2),
          )
          .filter((swapped) => swapped !== code)
          .filter(isChannelCode);
        expect(taken).toEqual([]);
      }),
      { seed: SEED },
    );
  });

  it('has no characters that look alike', () => {
    expect(CODE_ALPHABET).not.toMatch(/[0ODQ1ILZ5S8BU]/);
    expect(new Set(CODE_ALPHABET).size).toBe(23);
  });

  const good = makeChannelCode(() => 6);

  it.each([
    ['too short', good.slice(1)],
    ['too long', `${good}2`],
    ['empty', ''],
    ['in lower case, before it is normalized', good.toLowerCase()],
    ['with a character that is not in the alphabet', `0${good.slice(1)}`],
  ])('is no code where it is %s', (_, typed) => {
    expect(isChannelCode(typed)).toBe(false);
    expect(channelCodeSchema.safeParse(typed).success).toBe(false);
  });

  it.each([
    ['in lower case', good.toLowerCase()],
    ['with a hyphen', `${good.slice(0, 4)}-${good.slice(4)}`],
    ['with blanks round it', ` ${good.slice(0, 4)} ${good.slice(4)} `],
    ['with a dash', `${good.slice(0, 4)}–${good.slice(4)}`],
  ])('is understood when typed %s', (_, typed) => {
    expect(normalizeChannelCode(typed)).toBe(good);
  });
});
