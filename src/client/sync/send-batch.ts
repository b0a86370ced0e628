import type { Envelope } from '#core/contract/envelope.ts';
import { batchBody } from '#core/outbox/choose-batch.ts';
import type { SendFailure } from '#core/outbox/failure.ts';
import { readBatchReply, readProblem } from '#core/outbox/read-reply.ts';
import { retryAfterMs } from '#core/outbox/retry-after.ts';
import type { OutboxEvent } from '#core/outbox/state.ts';
import type { SyncEnvironment } from './environment.ts';

/**
 * How long a request may take, reply included, before it counts as lost: a full batch of 512 KiB needs about 20 s on a poor
 * line of 200 kbit/s. What arrived after all is a duplicate at the next try.
 */
export const REQUEST_LIMIT_MS = 30_000;

const failed = (failure: SendFailure): OutboxEvent => ({ kind: 'failed', failure });

/** Posts a batch. Never rejects: whatever happens is an event for the outbox. */
export async function sendBatch(
  envelopes: readonly Envelope[],
  environment: SyncEnvironment,
): Promise<OutboxEvent> {
  const limit = new AbortController();
  const answer = post(envelopes, environment, limit.signal).catch(() =>
    failed({ kind: 'network' }),
  );
  return new Promise((resolve) => {
    // The limit ends the wait by itself, because some web views do not end a request when it is aborted.
    const callOff = environment.after(REQUEST_LIMIT_MS, () => {
      resolve(failed({ kind: 'timeout' }));
      limit.abort();
    });
    void answer.then(resolve).finally(callOff);
  });
}

async function post(
  envelopes: readonly Envelope[],
  environment: SyncEnvironment,
  signal: AbortSignal,
): Promise<OutboxEvent> {
  const reply = await environment.fetch('/api/v1/batches', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: batchBody(envelopes),
    // Responses travel without a cookie, also on a device where an admin is signed in.
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
  const text = await reply.text();
  if (reply.ok) {
    const results = readBatchReply(text);
    return results === null ? failed({ kind: 'unreadable-reply' }) : { kind: 'replied', results };
  }
  const { headers, status } = reply;
  return failed({
    kind: 'status',
    status,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), headers.get('date'), environment.now()),
    problem: readProblem(text),
  });
}
