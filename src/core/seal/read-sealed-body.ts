// Read by the server alone: what a device writes it need not check.
import * as z from 'zod/mini';
import { fromHex } from '../bytes.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { SealedBody } from './sealed-body.ts';

const hexSchema = z.string().check(z.regex(/^(?:[0-9a-f]{2})+$/));

/** The body of a sealed envelope: which of the assessment's keys it is sealed to, HPKE's encapsulated key, the rest in hex. */
const sealedBodySchema = z.strictObject({
  ciphertext: hexSchema,
  encapsulated: hexSchema,
  key: z.int().check(z.minimum(1)),
});

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
    encapsulated: fromHex(encapsulated),
    ciphertext: fromHex(ciphertext),
  };
}
