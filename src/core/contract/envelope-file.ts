import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';

/**
 * Envelopes in a file, carried by hand from a device to the office or from one server to another. Each envelope is judged
 * alone when it is sent on, as in a batch: a damaged one does not stop the rest.
 */
export const envelopeFileSchema = z.strictObject({
  format: z.literal('sucharit-envelopes'),
  version: z.literal(1),
  envelopes: z.array(z.unknown()).check(z.minLength(1)),
});

/** The file's text. */
export function envelopeFile(envelopes: readonly Envelope[]): string {
  return JSON.stringify({ format: 'sucharit-envelopes', version: 1, envelopes });
}
