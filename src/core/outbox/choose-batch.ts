import { utf8Of } from '../bytes.ts';
import type { Envelope } from '../contract/envelope.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_ENVELOPES } from '../contract/protocol.ts';
import type { OutboxEntry } from './entry.ts';
import { shuffled } from './shuffled.ts';

const BRACKETS_BYTES = '{"envelopes":[]}'.length;
const COMMA_BYTES = 1;

/** The request's body for a batch. */
export function batchBody(envelopes: readonly Envelope[]): string {
  return JSON.stringify({ envelopes });
}

/**
 * The envelopes of the next batch: queued ones, those that failed least first and else in an order drawn by `random`, in
 * [0, 1), so that neither a batch nor the row of batches tells who answered after whom. At most `limit` of them and never more
 * than the protocol allows in number and in bytes. A single one always fits.
 */
export function chooseBatch(
  entries: readonly OutboxEntry[],
  limit: number,
  random: number,
): OutboxEntry[] {
  const most = Math.min(limit, MAX_BATCH_ENVELOPES);
  const queued = shuffled(
    entries.filter((entry) => entry.state.kind === 'queued'),
    random,
  ).sort((a, b) => a.attempts - b.attempts);
  const batch: OutboxEntry[] = [];
  let bytes = BRACKETS_BYTES;
  for (const entry of queued) {
    bytes += utf8Of(JSON.stringify(entry.envelope)).length + COMMA_BYTES;
    if (batch.length > 0 && (batch.length >= most || bytes > MAX_BATCH_BYTES)) break;
    batch.push(entry);
  }
  return batch;
}
