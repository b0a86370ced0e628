import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** So many hexadecimal digits are told: 80 bits, which nobody guesses and a camera still reads from afar. */
export const MARK_DIGITS = 20;

/** What a display with that secret (hex) shows for its channel in a window: HMAC-SHA256, truncated. */
export function markOf(secret: string, channel: string, window: number): string {
  const message = utf8ToBytes(`sucharit display ${channel} ${window}`);
  return bytesToHex(hmac(sha256, hexToBytes(secret), message)).slice(0, MARK_DIGITS);
}
