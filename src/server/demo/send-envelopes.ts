import { batchReplySchema, type BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import type { ApiClient } from './api-client.ts';

/** How many envelopes had each result. */
export type ResultCounts = Record<BatchResult['result'], number>;

/** Sends the envelopes in full batches, one after the other; tells after each how many have been answered. */
export async function sendEnvelopes(
  api: ApiClient,
  envelopes: readonly Envelope[],
  onProgress: (answered: number) => void,
): Promise<ResultCounts> {
  const counts = {
    accepted: 0,
    duplicate: 0,
    conflict: 0,
    quarantined: 0,
    uncounted: 0,
    refused: 0,
  };
  for (let start = 0; start < envelopes.length; start += MAX_BATCH_ENVELOPES) {
    const batch = envelopes.slice(start, start + MAX_BATCH_ENVELOPES);
    const reply = await api.post('/api/v1/batches', { envelopes: batch }, batchReplySchema);
    for (const { result } of reply.results) counts[result] += 1;
    onProgress(start + batch.length);
  }
  return counts;
}
