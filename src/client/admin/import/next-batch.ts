import { MAX_BATCH_BYTES, MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';

const BRACKETS_BYTES = '{"envelopes":[]}'.length;
const COMMA_BYTES = 1;

const utf8 = new TextEncoder();

/**
 * How many envelopes from `from` on fit into the next batch: at most `limit` and never more than the protocol allows in
 * number and in bytes. A single one always fits, so that the server can say what is wrong with it.
 */
export function nextBatchSize(envelopes: readonly unknown[], from: number, limit: number): number {
  const most = Math.min(limit, MAX_BATCH_ENVELOPES, envelopes.length - from);
  let bytes = BRACKETS_BYTES;
  let size = 0;
  while (size < most) {
    bytes += utf8.encode(JSON.stringify(envelopes[from + size])).length + COMMA_BYTES;
    if (size > 0 && bytes > MAX_BATCH_BYTES) break;
    size += 1;
  }
  return size;
}
