import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** About a quarter of a second on a cheap tablet. So few digits fall to a program all the same: docs/threat-model.md. */
export const PIN_ROUNDS = 30_000;
export const PIN_HASH_BYTES = 32;

/** What a PIN is checked against. `salt`: 128 random bits, `hash`: PBKDF2-HMAC-SHA256 of the PIN; both in hex. */
export interface PinLock {
  salt: string;
  hash: string;
}

/** Works offline and without WebCrypto. */
export async function opensLock(pin: string, { salt, hash }: PinLock): Promise<boolean> {
  const tried = await pbkdf2Async(sha256, pin, hexToBytes(salt), {
    c: PIN_ROUNDS,
    dkLen: PIN_HASH_BYTES,
  });
  return bytesToHex(tried) === hash;
}
