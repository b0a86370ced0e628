// Loaded with what sends, long after the first question.
import { fromHex, utf8Of } from '#core/bytes.ts';
import { type Admission, writeAdmitted } from '#core/contract/admission.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { Channel } from '#core/contract/channel.ts';
import { isSealed, type Envelope } from '#core/contract/envelope.ts';
import { ADMITTED_PROTOCOL, PLAIN_PROTOCOL, SEALED_PROTOCOL } from '#core/contract/protocol.ts';
import type { Response } from '#core/contract/response.ts';
import type { SealKey } from '#core/seal/seal-key.ts';
import { pad } from '#core/seal/padding.ts';
import { boundTo, writeSealedBody } from '#core/seal/sealed-body.ts';
import { digestByBrowser } from './digest-by-browser.ts';
import { seal as sealTo } from './hpke-sealer.ts';

async function sealedBody(
  { number, publicKey }: SealKey,
  text: string,
  bound: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const sealed = await sealTo(fromHex(publicKey), pad(utf8Of(text)), bound);
  return writeSealedBody({ key: number, ...sealed });
}

/**
 * Puts a finished response into its envelope, with what its person came in by, if that was anything: sealed to the assessment's
 * key, so that only the server reads it. Plain where the assessment is older than sealing, or where the browser cannot seal
 * (plain HTTP hides WebCrypto). Rejects only where that browser cannot fetch what makes the digest either.
 */
export async function toEnvelope(
  id: string,
  { code, seal }: Pick<Channel, 'code' | 'seal'>,
  response: Response,
  admission: Admission | null,
): Promise<Envelope> {
  const text = admission ? writeAdmitted(admission, response) : canonicalJson(response);
  const envelope = async (body: string, protocol: number): Promise<Envelope> => ({
    id,
    protocol: admission ? ADMITTED_PROTOCOL : protocol,
    channel: code,
    digest: await digestByBrowser(body),
    body,
  });
  if (!seal) return envelope(text, PLAIN_PROTOCOL);
  const body = await sealedBody(seal, text, boundTo(id, code)).catch(() => null);
  return body === null ? envelope(text, PLAIN_PROTOCOL) : envelope(body, SEALED_PROTOCOL);
}

/** Whether the device may keep the envelope: not where it should be sealed, or tells what its person came in by, and lies open. */
export function mayBeStored(envelope: Envelope, { seal }: Pick<Channel, 'seal'>): boolean {
  return isSealed(envelope) || (!seal && envelope.protocol === PLAIN_PROTOCOL);
}
