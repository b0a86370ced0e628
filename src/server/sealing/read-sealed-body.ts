import type { SealedBody } from '#core/seal/sealed-body.ts';

/** The one text of each sealed body, as canonical JSON writes it: so nothing of it has to be written again to be compared. */
const SEALED_BODY =
  /^\{"ciphertext":"([0-9a-f]+)","encapsulated":"([0-9a-f]+)","key":([1-9]\d*)\}$/;

/** The bytes in a row of hex digits; null where half of one is missing. */
const fromHex = (digits: string): Uint8Array<ArrayBuffer> | null =>
  digits.length % 2 === 0 ? Uint8Array.from(Buffer.from(digits, 'hex')) : null;

/** The sealed body in a text; null where it is none. */
export function readSealedBody(text: string): SealedBody | null {
  const [, digits = '', ofKey = '', number = ''] = SEALED_BODY.exec(text) ?? [];
  const [ciphertext, encapsulated, key] = [fromHex(digits), fromHex(ofKey), Number(number)];
  if (!ciphertext || !encapsulated || !Number.isSafeInteger(key) || key === 0) return null;
  return { key, encapsulated, ciphertext };
}
