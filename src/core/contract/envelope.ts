import * as z from 'zod/mini';
import { isAdmittedText } from './admission.ts';
import {
  ADMITTED_PROTOCOL,
  MAX_BODY_CHARACTERS,
  MAX_PROTOCOL,
  SEALED_PROTOCOL,
} from './protocol.ts';
import { channelCodeSchema } from './channel-code-schema.ts';
import { integerSchema } from './integer-schema.ts';
import { uuidSchema } from './uuid-schema.ts';

export const envelopeIdSchema = uuidSchema;

/** A response made ready to travel. It never changes again: not its id, not a byte of its body. */
export const envelopeSchema = z.strictObject({
  id: envelopeIdSchema,
  protocol: integerSchema.check(z.minimum(1), z.maximum(MAX_PROTOCOL)),
  channel: channelCodeSchema,
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  body: z.string().check(z.minLength(2), z.maxLength(MAX_BODY_CHARACTERS)),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** True where the body is sealed, so that only the server reads it. */
export function isSealed({ protocol, body }: Pick<Envelope, 'protocol' | 'body'>): boolean {
  if (protocol === ADMITTED_PROTOCOL) return !isAdmittedText(body);
  return protocol === SEALED_PROTOCOL;
}
