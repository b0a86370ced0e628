import { COMMON_PASSWORDS } from './common-passwords.ts';
import { folded } from './folded.ts';

const FEWEST_DIFFERENT_CHARACTERS = 5;

/** True if each character follows the one before by the same step: 1234567890, aaaaaaaaaa, zyxwvutsrq. */
function isRun(password: string): boolean {
  const codes = Array.from(password, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return new Set(steps).size <= 1;
}

/**
 * True if a password is among the first that somebody would try: a common one, perhaps with digits or punctuation round
 * it, a run or a repetition, or one that contains the account's name (NIST SP 800-63B, section 5.1.1.2). Its length is the
 * contract's business.
 */
export function isEasilyGuessed(password: string, name: string): boolean {
  const plain = folded(password);
  const core = plain.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '');
  return (
    plain.includes(folded(name)) ||
    COMMON_PASSWORDS.has(plain) ||
    COMMON_PASSWORDS.has(core) ||
    new Set(plain).size < FEWEST_DIFFERENT_CHARACTERS ||
    isRun(plain) ||
    /^\d+$/.test(plain)
  );
}
