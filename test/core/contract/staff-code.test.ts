import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_ALPHABET } from '#core/contract/channel-code.ts';
import { formatStaffCode, isStaffCode, makeStaffCode } from '#core/contract/staff-code.ts';

/** A code from a seed; other seeds, other codes. */
function codeOf(seed: number): string {
  let state = seed;
  return makeStaffCode((below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  });
}

const seeds = integer({ min: 1, max: 2 ** 31 });
const places = integer({ min: 0, max: 15 });
const characters = integer({ min: 0, max: CODE_ALPHABET.length - 1 });

describe('a code of the staff', () => {
  it('has at least 60 random bits and no look-alikes', () => {
    let drawn = 0;
    makeStaffCode((below) => {
      drawn += Math.log2(below);
      return 0;
    });
    expect(drawn).toBeGreaterThan(60);
    expect(CODE_ALPHABET).not.toMatch(/[0158BDILOQSUZ]/);
  });

  it('is printed in four groups of four', () => {
    expect(formatStaffCode(codeOf(7))).toMatch(/^(\w{4} ){3}\w{4}$/);
  });

  it('is known for one of ours, and with any one character wrong for none', () => {
    assert(
      property(seeds, places, characters, (seed, place, character) => {
        const code = codeOf(seed);
        const other = CODE_ALPHABET.charAt(character);
        const typed = code.slice(0, place) + other + code.slice(place + 1);
        expect(isStaffCode(code)).toBe(true);
        expect(isStaffCode(typed)).toBe(typed === code);
      }),
    );
  });

  it('is none with two neighbours swapped, one left out or one too many', () => {
    assert(
      property(seeds, integer({ min: 0, max: 14 }), (seed, place) => {
        const code = codeOf(seed);
        const [a = '', b = ''] = code.slice(place, place + 2);
        const swapped = code.slice(0, place) + b + a + code.slice(place + 2);
        expect(isStaffCode(swapped)).toBe(a === b);
        expect(isStaffCode(code.slice(0, place) + code.slice(place + 1))).toBe(false);
        expect(isStaffCode(`${code}4`)).toBe(false);
      }),
    );
  });
});
