/**
 * A channel's short code as printed and typed: 8 characters, the last one a check character. The alphabet has no
 * look-alikes (no 0 O D Q, 1 I L, Z, 5 S, 8 B, U) and 23 characters, a prime, so that a weighted sum finds every single
 * wrong character and every swap of two neighbours.
 */
export const CODE_ALPHABET = '234679ACEFGHJKMNPRTVWXY';
const CODE_LENGTH = 8;

const valueOf = (character: string) => CODE_ALPHABET.indexOf(character);

/** The check character of the others of a code (21 at most): the weighted sum of all of them is 0 modulo 23. */
export function checkCharacter(payload: string): string {
  const sum = payload
    .split('')
    .reduce(
      (total, character, index) => total + (payload.length + 1 - index) * valueOf(character),
      0,
    );
  const modulus = CODE_ALPHABET.length;
  return CODE_ALPHABET.charAt((modulus - (sum % modulus)) % modulus);
}

/** True if all characters are of the alphabet and the last one is the check character of the others. */
export function isChecked(code: string): boolean {
  if (code.split('').some((character) => valueOf(character) < 0)) return false;
  return checkCharacter(code.slice(0, -1)) === code.slice(-1);
}

/** A new code from a source of random integers in [0, below). */
export function makeChannelCode(randomBelow: (below: number) => number): string {
  let payload = '';
  while (payload.length < CODE_LENGTH - 1)
    payload += CODE_ALPHABET.charAt(randomBelow(CODE_ALPHABET.length));
  return payload + checkCharacter(payload);
}

/** What a person typed, as a code: upper case, without the spaces and hyphens people put between groups. */
export function normalizeChannelCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s\-–—]/g, '');
}

/** True if the code (normalized) can be one of ours. Needs no network, so a slip of the finger is told at once. */
export function isChannelCode(code: string): boolean {
  return code.length === CODE_LENGTH && isChecked(code);
}

/** In two groups of four, as printed. */
export function formatChannelCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}
