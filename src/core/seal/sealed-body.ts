import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { canonicalJson } from '../contract/canonical-json.ts';

const hexSchema = z.string().check(z.regex(/^(?:[0-9a-f]{2})+$/));

/** The body of a sealed envelope: which of the assessment's keys it is sealed to, HPKE's encapsulated key, the rest in hex. */
const sealedBodySchema = z.strictObject({
  ciphertext: hexSchema,
  encapsulated: hexSchema,
  key: z.int().check(z.minimum(1)),
});

export interface SealedBody {
  /** The key's number; from 1. */
  key: number;
  encapsulated: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
}

const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** The body's text; canonical, as every body. */
export function writeSealedBody({ key, encapsulated, ciphertext }: SealedBody): string {
  return canonicalJson({
    ciphertext: bytesToHex(ciphertext),
    encapsulated: bytesToHex(encapsulated),
    key,
  });
}

/** The sealed body in a text; null where it is none. */
export function readSealedBody(text: string): SealedBody | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = sealedBodySchema.safeParse(value);
  if (!parsed.success || canonicalJson(parsed.data) !== text) return null;
  const { key, encapsulated, ciphertext } = parsed.data;
  return {
    key,
    encapsulated: copyOf(hexToBytes(encapsulated)),
    ciphertext: copyOf(hexToBytes(ciphertext)),
  };
}

/** What is sealed along without being hidden: a body that is put into another envelope does not open. */
export function boundTo(id: string, channel: string): Uint8Array {
  return utf8ToBytes(`${id} ${channel}`);
}
