import type { Envelope } from '#core/contract/envelope.ts';
import { envelopeFile } from '#core/contract/envelope-file.ts';
import type { SetAsideEnvelope, Storage } from '../storage/storage.ts';
import { pagesOf } from './set-aside.ts';

/** The envelope as it came, byte for byte. */
function envelopeOf(stored: SetAsideEnvelope): Envelope {
  const { id, protocol, channel, digest, body } = stored;
  return { id, protocol, channel, digest, body };
}

async function* envelopePages(storage: Storage, channels: readonly string[]) {
  for await (const rows of pagesOf((page) => storage.readQuarantine(page), channels))
    yield rows.map(envelopeOf);
  for await (const rows of pagesOf((page) => storage.readConflicts(page), channels))
    yield rows.map(envelopeOf);
}

/**
 * The envelope file of all that is set aside in the channels, piece by piece, so that it is never all in memory. Yields
 * nothing where nothing is set aside: a file has one envelope at least.
 */
export async function* exportSetAside(
  storage: Storage,
  channels: readonly string[],
): AsyncGenerator<string> {
  const [start = '', end = ''] = envelopeFile([]).split(/(?<=\[)(?=\])/);
  let isEmpty = true;
  for await (const envelopes of envelopePages(storage, channels)) {
    const text = envelopes.map((envelope) => JSON.stringify(envelope)).join(',');
    yield `${isEmpty ? start : ','}${text}`;
    isEmpty = false;
  }
  if (!isEmpty) yield end;
}
