import { makeChannelCode } from '#core/contract/channel-code.ts';
import { digestOf } from '#core/contract/digest.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { PROTOCOL } from '#core/contract/protocol.ts';
import type { EntryState, OutboxEntry } from '#core/outbox/entry.ts';

const CHANNEL = makeChannelCode(() => 7);

/** The id of the n-th envelope of a test. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function envelopeOf(number: number, body = `{"n":${number}}`): Envelope {
  return {
    id: idOf(number),
    protocol: PROTOCOL,
    channel: CHANNEL,
    digest: digestOf(body),
    body,
  };
}

export function entryOf(
  number: number,
  state: EntryState = { kind: 'queued' },
  attempts = 0,
): OutboxEntry {
  return { envelope: envelopeOf(number), keptAt: number, attempts, isStored: true, state };
}
