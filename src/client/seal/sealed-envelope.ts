// Loaded with what sends, long after the first question.
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Admission, writeAdmitted } from '#core/contract/admission.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { Channel } from '#core/contract/channel.ts';
import { envelopeWith, isSealed, type Envelope } from '#core/contract/envelope.ts';
import { ADMITTED_PROTOCOL, PLAIN_PROTOCOL, SEALED_PROTOCOL } from '#core/contract/protocol.ts';
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
 * Puts a finished response into its envelope, with what its person came in by, if that was anything: sealed to the assessment's
 * key, so that only the server reads it. Plain where the assessment is older than sealing, or where the browser cannot seal
 * (plain HTTP hides WebCrypto). Never rejects.
 */
export async function toEnvelope(
  id: string,
  { code, seal }: Pick<Channel, 'code' | 'seal'>,
  response: Response,
  admission: Admission | null,
): Promise<Envelope> {
  const text = admission ? writeAdmitted(admission, response) : canonicalJson(response);
  const envelope = (body: string, protocol: number) =>
    envelopeWith(id, admission ? ADMITTED_PROTOCOL : protocol, code, body);
  if (!seal) return envelope(text, PLAIN_PROTOCOL);
  try {
    return envelope(await sealedBody(seal, text, boundTo(id, code)), SEALED_PROTOCOL);
  } catch {
    return envelope(text, PLAIN_PROTOCOL);
  }
}

/** Whether the device may keep the envelope: not where it should be sealed, or tells what its person came in by, and lies open. */
export function mayBeStored(envelope: Envelope, { seal }: Pick<Channel, 'seal'>): boolean {
  return isSealed(envelope) || (!seal && envelope.protocol === PLAIN_PROTOCOL);
}
