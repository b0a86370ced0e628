import type { Envelope } from '#core/contract/envelope.ts';
import { batchBody } from '#core/outbox/choose-batch.ts';
import { readBatchReply } from '#core/outbox/read-reply.ts';
import type { OutboxEvent } from '#core/outbox/state.ts';
import type { SyncEnvironment } from './environment.ts';
import { post } from './request.ts';

/** Posts a batch. Never rejects: whatever happens is an event for the outbox. */
export async function sendBatch(
  envelopes: readonly Envelope[],
  environment: SyncEnvironment,
): Promise<OutboxEvent> {
  const answer = await post('/api/v1/batches', batchBody(envelopes), environment);
  if (answer.kind === 'failure') return { kind: 'failed', failure: answer.failure };
  const reply = readBatchReply(answer.text);
  return reply === null
    ? { kind: 'failed', failure: { kind: 'unreadable-reply' } }
    : { kind: 'replied', ...reply };
}
