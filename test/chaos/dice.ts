import { uuidFrom } from '#client/local/random-id.ts';

/** Chance that comes out the same in every run: each stream is named by the seed and by what it decides. */
export interface Dice {
  /** A number in [0, 1). */
  random(): number;
  /** True with that probability. */
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** A random UUID v4. */
  uuid(): string;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** The stream of that name; two streams of different names have nothing to do with each other. */
export function diceOf(...name: readonly (string | number)[]): Dice {
  let state = hashOf(name.join('/'));
  // Mulberry32.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    random,
    between,
    chance: (probability) => random() < probability,
    pick<T>(list: readonly T[]): T {
      const index = between(0, list.length - 1);
      if (index >= list.length) throw new Error('nothing to pick from');
      return list[index] as T;
    },
    uuid: () => uuidFrom(Uint8Array.from({ length: 16 }, () => between(0, 255))),
  };
}
