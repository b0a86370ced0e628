import * as z from 'zod/mini';
import { isAdmittedText } from './admission.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import {
  ADMITTED_PROTOCOL,
  MAX_BODY_CHARACTERS,
  MAX_PROTOCOL,
  PLAIN_PROTOCOL,
  SEALED_PROTOCOL,
} from './protocol.ts';
import { channelCodeSchema } from './channel-code-schema.ts';
import type { Response } from './response.ts';

export const envelopeIdSchema = z.uuidv4();

/** A response made ready to travel. It never changes again: not its id, not a byte of its body. */
export const envelopeSchema = z.strictObject({
  id: envelopeIdSchema,
  protocol: z.int().check(z.minimum(1), z.maximum(MAX_PROTOCOL)),
  channel: channelCodeSchema,
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  body: z.string().check(z.minLength(2), z.maxLength(MAX_BODY_CHARACTERS)),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** An envelope round a body that is ready. `id` is a random UUID v4: a v7 would tell the time. */
export function envelopeWith(
  id: string,
  protocol: number,
  channel: string,
  body: string,
): Envelope {
  return { id, protocol, channel, digest: digestOf(body), body };
}

/** Puts a finished response into an envelope that everybody can read. */
export function plainEnvelope(id: string, channel: string, response: Response): Envelope {
  return envelopeWith(id, PLAIN_PROTOCOL, channel, canonicalJson(response));
}

/** True where the body is sealed, so that only the server reads it. */
export function isSealed({ protocol, body }: Pick<Envelope, 'protocol' | 'body'>): boolean {
  if (protocol === ADMITTED_PROTOCOL) return !isAdmittedText(body);
  return protocol === SEALED_PROTOCOL;
}
