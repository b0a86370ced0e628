import { PROTOCOL, PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import type { SendFailure } from '#core/outbox/failure.ts';
import { readProblem } from '#core/outbox/read-reply.ts';
import { retryAfterMs } from '#core/outbox/retry-after.ts';
import type { SyncEnvironment } from './environment.ts';

/**
 * How long a request may take, reply included, before it counts as lost: a full batch of 512 KiB needs about 20 s on a poor
 * line of 200 kbit/s. What arrived after all is a duplicate at the next try.
 */
export const REQUEST_LIMIT_MS = 30_000;

/**
 * Up to here a request outlives its page (`keepalive`). Browsers give 64 KiB to all that are under way together, and reject
 * what goes beyond; a report has less than 1 KiB.
 */
export const KEEPALIVE_BYTES = 60_000;

/** The text of a reply with a 2xx, or what went wrong. */
export type Reply = { kind: 'text'; text: string } | { kind: 'failure'; failure: SendFailure };

const failed = (failure: SendFailure): Reply => ({ kind: 'failure', failure });

/** Posts JSON. Never rejects. */
export async function post(
  address: string,
  body: string,
  environment: SyncEnvironment,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const limit = new AbortController();
  const answer = ask(address, body, environment, limit.signal, headers).catch(() =>
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

async function ask(
  address: string,
  body: string,
  environment: SyncEnvironment,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const reply = await environment.fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      [PROTOCOL_HEADER]: String(PROTOCOL),
      ...headers,
    },
    body,
    // Responses travel without a cookie, also on a device where an admin is signed in.
    credentials: 'omit',
    cache: 'no-store',
    keepalive: new Blob([body]).size <= KEEPALIVE_BYTES,
    signal,
  });
  const text = await reply.text();
  if (reply.ok) return { kind: 'text', text };
  const { status } = reply;
  return failed({
    kind: 'status',
    status,
    retryAfterMs: retryAfterMs(
      reply.headers.get('retry-after'),
      reply.headers.get('date'),
      environment.now(),
    ),
    problem: readProblem(text),
  });
}
