import { batchReplySchema, type BatchResult } from '#core/contract/batch.ts';
import { problemSchema, type ProblemCode } from '#core/contract/problem.ts';
import { PROTOCOL, PROTOCOL_HEADER, WORK_HEADER } from '#core/contract/protocol.ts';
import { retryAfterMs } from '#core/outbox/retry-after.ts';
import { solveWork } from '../../sync/solve-work.ts';

/** As long as a device waits: a full batch needs about 20 s on a poor line of 200 kbit/s. */
export const BATCH_LIMIT_MS = 30_000;

/**
 * What came of one request. busy: the server asks to wait; too-large: also if a proxy in between said so; network: no
 * answer that we can use, from nobody or from somebody else than our server.
 */
export type Sent =
  | { kind: 'results'; results: readonly BatchResult[] }
  | { kind: 'busy'; retryAfterMs: number | null }
  | { kind: 'too-large' }
  | { kind: 'refused'; problem: ProblemCode }
  | { kind: 'network' };

/** work: the server takes the very batch with that done; `retryAfterMs` is for whoever cannot. */
type Answer = Sent | { kind: 'work'; work: string; retryAfterMs: number | null };

const BUSY: readonly number[] = [425, 429, 503];

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readReply(reply: Response, text: string, sent: number, now: number): Answer {
  const { headers, status } = reply;
  if (reply.ok) {
    const parsed = batchReplySchema.safeParse(parseJson(text));
    // One result for each envelope, or it is no answer to what was sent.
    if (!parsed.success || parsed.data.results.length !== sent) return { kind: 'network' };
    return { kind: 'results', results: parsed.data.results };
  }
  const problem = problemSchema.safeParse(parseJson(text));
  if (BUSY.includes(status)) {
    const wait = retryAfterMs(headers.get('retry-after'), headers.get('date'), now);
    const work = problem.data?.work;
    return work === undefined
      ? { kind: 'busy', retryAfterMs: wait }
      : { kind: 'work', work, retryAfterMs: wait };
  }
  if (status === 413) return { kind: 'too-large' };
  if (status < 500 && problem.success) return { kind: 'refused', problem: problem.data.code };
  return { kind: 'network' };
}

/** `done`: the work that was wanted of this batch; null where none was. */
async function post(
  fetch: typeof globalThis.fetch,
  envelopes: readonly unknown[],
  signal: AbortSignal,
  now: () => number,
  done: string | null,
): Promise<Answer> {
  const limit = new AbortController();
  const giveUp = () => limit.abort();
  const timer = setTimeout(giveUp, BATCH_LIMIT_MS);
  signal.addEventListener('abort', giveUp);
  try {
    const reply = await fetch('/api/v1/batches', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        [PROTOCOL_HEADER]: String(PROTOCOL),
        ...(done !== null && { [WORK_HEADER]: done }),
      },
      body: JSON.stringify({ envelopes }),
      credentials: 'omit',
      cache: 'no-store',
      signal: limit.signal,
    });
    return readReply(reply, await reply.text(), envelopes.length, now());
  } catch {
    return { kind: 'network' };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/**
 * Posts envelopes as a device does, without a cookie, and again with the work done that a flooded channel wants: a file has more than
 * any counter's visitors send. Never rejects. `signal` gives the request up.
 */
export async function sendBatch(
  fetch: typeof globalThis.fetch,
  envelopes: readonly unknown[],
  signal: AbortSignal,
  now: () => number,
): Promise<Sent> {
  const asked = await post(fetch, envelopes, signal, now, null);
  if (asked.kind !== 'work') return asked;
  const done = await solveWork(asked.work);
  const answer =
    done === null || signal.aborted ? asked : await post(fetch, envelopes, signal, now, done);
  return answer.kind === 'work' ? { kind: 'busy', retryAfterMs: answer.retryAfterMs } : answer;
}
