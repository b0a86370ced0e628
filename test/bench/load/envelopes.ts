import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { PLAIN_PROTOCOL, SEALED_PROTOCOL } from '#core/contract/protocol.ts';
import type { Response } from '#core/contract/response.ts';
import { createSeal } from './seal.ts';

/** What the responses of a load are to. */
export type LoadChannel = Pick<
  Channel,
  'code' | 'instrument' | 'department' | 'departments' | 'seal'
>;

const optionOf = (count: number) => 1 + Math.floor(Math.random() * count);

/** What nobody else is likely to have answered in the same way. */
function anyResponse({ instrument, department, departments }: LoadChannel, day: string): Response {
  const fields = instrument.fields.map(
    ({ code, options, fromChannel }): [string, number | null] => {
      if (fromChannel === 'department' && department !== null) return [code, department];
      if (options !== 'departments') return [code, optionOf(options)];
      return [code, departments[optionOf(departments.length) - 1]?.number ?? null];
    },
  );
  const answers = instrument.items.map(({ code, scale }): [string, number] => [
    code,
    optionOf(instrument.scales[scale]?.points.length ?? 1),
  ]);
  return {
    instrument: instrument.id,
    language: 'th',
    answers: Object.fromEntries(answers),
    respondent: Object.fromEntries(fields),
    day,
    quality: [],
  };
}

/** Makes envelopes to a channel, each another; sealed where the channel has a key. */
export function envelopeMaker(channel: LoadChannel, day: string): () => Envelope {
  const { code, seal: sealKey } = channel;
  const seal = sealKey && createSeal(sealKey);
  return function makeEnvelope() {
    const id = randomUUID();
    const text = canonicalJson(anyResponse(channel, day));
    const body = seal ? seal(id, code, text) : text;
    const protocol = seal ? SEALED_PROTOCOL : PLAIN_PROTOCOL;
    const digest = createHash('sha256').update(body).digest('hex');
    return { id, protocol, channel: code, digest, body };
  };
}
