// Apart from the envelope itself: a device makes the digest by its browser. @see client/seal/digest-by-browser.ts
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import type { Envelope } from './envelope.ts';
import { PLAIN_PROTOCOL } from './protocol.ts';
import type { Response } from './response.ts';

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
