import type { Envelope } from '#core/contract/envelope.ts';
import { WORK_HEADER } from '#core/contract/protocol.ts';
import { batchBody } from '#core/outbox/choose-batch.ts';
import { readBatchReply } from '#core/outbox/read-reply.ts';
import type { OutboxEvent } from '#core/outbox/state.ts';
import type { SyncEnvironment } from './environment.ts';
import { post } from './request.ts';

/** Posts a batch. Never rejects: whatever happens is an event for the outbox. */
export async function sendBatch(
  envelopes: readonly Envelope[],
  environment: SyncEnvironment,
  headers: Readonly<Record<string, string>> = {},
): Promise<OutboxEvent> {
  const answer = await post('/api/v1/batches', batchBody(envelopes), environment, headers);
  if (answer.kind === 'failure') return { kind: 'failed', failure: answer.failure };
  const reply = readBatchReply(answer.text);
  return reply === null
    ? { kind: 'failed', failure: { kind: 'unreadable-reply' } }
    : { kind: 'replied', ...reply };
}

/** Does the work that the server wants of a batch, and posts it again with that. Never rejects. */
export async function sendWithWork(
  envelopes: readonly Envelope[],
  work: string,
  environment: SyncEnvironment,
): Promise<OutboxEvent> {
  const done = await environment.solve(work);
  if (done === null) return { kind: 'failed', failure: { kind: 'timeout' } };
  return sendBatch(envelopes, environment, { [WORK_HEADER]: done });
}
