// Loaded with what sends, long after the first question.
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { Channel } from '#core/contract/channel.ts';
import { envelopeWith, plainEnvelope, type Envelope } from '#core/contract/envelope.ts';
import { SEALED_PROTOCOL } from '#core/contract/protocol.ts';
import type { Response } from '#core/contract/response.ts';
import type { SealKey } from '#core/seal/seal-key.ts';
import { pad } from '#core/seal/padding.ts';
import { boundTo, writeSealedBody } from '#core/seal/sealed-body.ts';
import { sealSuite } from '#core/seal/suite.ts';

async function sealedBody(
  { number, publicKey }: SealKey,
  text: string,
  bound: Uint8Array,
): Promise<string> {
  const suite = sealSuite();
  const recipientPublicKey = await suite.kem.deserializePublicKey(hexToBytes(publicKey));
  const { enc, ct } = await suite.seal({ recipientPublicKey }, pad(utf8ToBytes(text)), bound);
  return writeSealedBody({
    key: number,
    encapsulated: new Uint8Array(enc),
    ciphertext: new Uint8Array(ct),
  });
}

/**
 * Puts a finished response into its envelope: sealed to the assessment's key, so that only the server reads it. Plain where
 * the assessment is older than sealing, or where the browser cannot seal (plain HTTP hides WebCrypto). Never rejects.
 */
export async function toEnvelope(
  id: string,
  { code, seal }: Pick<Channel, 'code' | 'seal'>,
  response: Response,
): Promise<Envelope> {
  if (!seal) return plainEnvelope(id, code, response);
  try {
    const body = await sealedBody(seal, canonicalJson(response), boundTo(id, code));
    return envelopeWith(id, SEALED_PROTOCOL, code, body);
  } catch {
    return plainEnvelope(id, code, response);
  }
}

/** Whether the device may keep the envelope: not where it should be sealed and lies open. */
export function mayBeStored({ protocol }: Envelope, { seal }: Pick<Channel, 'seal'>): boolean {
  return !seal || protocol >= SEALED_PROTOCOL;
}
