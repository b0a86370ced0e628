import { CODE_ALPHABET, checkCharacter, isChecked } from './channel-code.ts';

/**
 * A code for one person of the staff, good for one answer: 15 random characters of the alphabet of channel codes (67 bits) and a
 * check character, so that a slip of the finger is told at once and offline.
 */
export const STAFF_CODE_LENGTH = 16;

const GROUP_LENGTH = 4;

/** A new code from a source of random integers in [0, below). */
export function makeStaffCode(randomBelow: (below: number) => number): string {
  let payload = '';
  while (payload.length < STAFF_CODE_LENGTH - 1)
    payload += CODE_ALPHABET.charAt(randomBelow(CODE_ALPHABET.length));
  return payload + checkCharacter(payload);
}

/** True if the code (in upper case, without spaces) can be one of ours. */
export function isStaffCode(code: string): boolean {
  return code.length === STAFF_CODE_LENGTH && isChecked(code);
}

/** In groups of four, as printed. */
export function formatStaffCode(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP_LENGTH}}`, 'g'))?.join(' ') ?? '';
}
