import { type Admission, writeAdmitted } from '#core/contract/admission.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { envelopeWith, plainEnvelope } from '#core/contract/make-envelope.ts';
import type { Language } from '#core/contract/language.ts';
import { ADMITTED_PROTOCOL } from '#core/contract/protocol.ts';
import { buildResponse } from '#core/flow/build-response.ts';
import type { Draft } from '#core/flow/draft.ts';
import { TOO_FAST_MS_PER_ITEM } from '#core/flow/quality.ts';

interface Finished {
  id: string;
  channel: Channel;
  draft: Draft;
  language: Language;
  /** ISO. */
  day: string;
  admission: Admission | null;
}

/**
 * The envelope that a device would have made, open as from a browser that cannot seal. Nothing measures how long a form was
 * looked at, so it is never too fast.
 *
 * @throws Error if a question of the channel is open
 */
export function envelopeOfForm({ id, channel, draft, admission, ...when }: Finished): Envelope {
  const timings = Object.fromEntries(
    channel.instrument.items.map(({ code }) => [code, TOO_FAST_MS_PER_ITEM]),
  );
  const response = buildResponse(channel, draft, { ...when, timings });
  if (!admission) return plainEnvelope(id, channel.code, response);
  return envelopeWith(id, ADMITTED_PROTOCOL, channel.code, writeAdmitted(admission, response));
}
