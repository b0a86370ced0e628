import type { DeviceProblem } from '../contract/device-problem.ts';
import type { WaitingReason } from './entry.ts';

/** A request that brought no reply we can use. `problem` is set only where the body was one of our own problems. */
export type SendFailure =
  | { kind: 'network' }
  | { kind: 'timeout' }
  | { kind: 'unreadable-reply' }
  | { kind: 'status'; status: number; retryAfterMs: number | null; problem: DeviceProblem | null };

/** What follows from a failure for the batch that met it. */
export type Verdict =
  /** Wait. `quietMs`: what Retry-After asked for; `halve`: the next batch is half as large. */
  | { kind: 'wait'; reason: WaitingReason; quietMs: number | null; halve: boolean }
  /** Send it again at once in two parts. */
  | { kind: 'split' }
  /** Do the work, then send the same batch again with it. */
  | { kind: 'work'; work: string }
  /** The one envelope of the batch is refused. */
  | { kind: 'refuse'; problem: DeviceProblem };

/**
 * Judges a failed batch.
 *
 * | what came back                           | verdict                                               |
 * |------------------------------------------|-------------------------------------------------------|
 * | network error, timeout, unreadable reply | wait, next batch half as large                        |
 * | 408                                      | wait as after a timeout                               |
 * | 429 with our problem `work-wanted`       | do the work at once; wait if it was done and is       |
 * |                                          | wanted again                                          |
 * | 425, 429, 503                            | wait as long as the server asks; the size is no cause |
 * | any other 5xx                            | wait, next batch half as large                        |
 * | 426, or our problem `outdated-client`    | wait for the update of the app; nothing is refused    |
 * | 401, 403 with one of our problems        | wait until somebody has signed in                     |
 * | 413 on several envelopes                 | split, whoever said it                                |
 * | 400 that it was no JSON or UTF-8         | wait: something on the way emptied or cut it, as iOS  |
 * |                                          | does now and then                                     |
 * | 404 that there is no such address        | wait: a redirect on the way made a GET of it          |
 * | other 4xx with one of our problems       | split until the envelope stands alone, then refused   |
 * | anything else                            | wait: no answer of our server (a captive portal, a    |
 * |                                          | proxy), so it says nothing about the envelope         |
 *
 * Halving after what looks like a plain failure lets a batch through that is too much for a poor line, and in the end
 * separates an envelope on which a server stumbles from all the others.
 */
export function judgeFailure(failure: SendFailure, batchSize: number, isWorkDone = false): Verdict {
  if (failure.kind !== 'status')
    return { kind: 'wait', reason: failure.kind, quietMs: null, halve: true };
  const { status, retryAfterMs: quietMs, problem } = failure;
  if (problem?.work && !isWorkDone) return { kind: 'work', work: problem.work };
  if (status === 408) return { kind: 'wait', reason: 'timeout', quietMs, halve: true };
  if (status === 425 || status === 429 || status === 503)
    return { kind: 'wait', reason: 'server-busy', quietMs, halve: false };
  if (status === 426 || problem?.code === 'outdated-client')
    return { kind: 'wait', reason: 'outdated', quietMs, halve: false };
  if (problem !== null && (status === 401 || status === 403))
    return { kind: 'wait', reason: 'signed-out', quietMs, halve: false };
  if (status >= 500) return { kind: 'wait', reason: 'server-error', quietMs, halve: true };
  if (status === 413 && batchSize > 1) return { kind: 'split' };
  if (problem?.code === 'malformed-json' || problem?.code === 'not-utf8')
    return { kind: 'wait', reason: 'network', quietMs, halve: true };
  if (status < 400 || problem === null || problem.code === 'not-found')
    return { kind: 'wait', reason: 'unreadable-reply', quietMs, halve: true };
  return batchSize > 1 ? { kind: 'split' } : { kind: 'refuse', problem };
}
