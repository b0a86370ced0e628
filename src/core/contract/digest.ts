import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 of the body's UTF-8 bytes, as 64 lower-case hex digits. A library and not WebCrypto, because an office may
 * run the server over plain HTTP in its own network, where browsers hide `crypto.subtle`.
 */
export function digestOf(body: string): string {
  return bytesToHex(sha256(utf8ToBytes(body)));
}
