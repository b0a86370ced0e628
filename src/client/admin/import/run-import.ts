import { MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import {
  countRefused,
  countResult,
  noCounts,
  type ImportEnd,
  type ImportPause,
  type ImportState,
  type ImportCounts,
} from './import-state.ts';
import { nextBatchSize } from './next-batch.ts';
import type { Sent } from './send-batch.ts';

/** How long to wait for a busy server that does not say how long. */
export const BUSY_PAUSE_MS = 5_000;
/** The waits before the repetitions of a request that got no answer. */
export const REPEAT_AFTER_MS: readonly number[] = [2_000, 5_000, 10_000];

export interface ImportEffects {
  send: (envelopes: readonly unknown[], signal: AbortSignal) => Promise<Sent>;
  /** Resolves after so many milliseconds, at once when `signal` is aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  tell: (state: ImportState) => void;
}

/**
 * Sends the envelopes of a file, batch after batch, and tells how it goes until it has ended; never rejects. `signal`
 * cancels: what the server has taken by then stays taken.
 */
export async function runImport(
  envelopes: readonly unknown[],
  signal: AbortSignal,
  { send, pause, tell }: ImportEffects,
): Promise<void> {
  let counts: ImportCounts = noCounts(envelopes.length);
  let from = 0;
  let limit = MAX_BATCH_ENVELOPES;
  let repeated = 0;

  async function wait(why: ImportPause) {
    tell({ state: 'sending', counts, pause: why });
    await pause(why.ms, signal);
  }

  /** Sends the next batch; null = go on. */
  async function step(): Promise<ImportEnd | null> {
    const size = nextBatchSize(envelopes, from, limit);
    const sent = await send(envelopes.slice(from, from + size), signal);
    if (sent.kind === 'results') {
      counts = sent.results.reduce(countResult, counts);
      from += size;
      repeated = 0;
      return null;
    }
    if (signal.aborted) return { kind: 'cancelled' };
    if (sent.kind === 'busy') {
      await wait({ because: 'busy', ms: sent.retryAfterMs ?? BUSY_PAUSE_MS });
      return null;
    }
    if (sent.kind === 'too-large') {
      if (size > 1) limit = Math.ceil(size / 2);
      else {
        counts = countRefused(counts, 'body-too-large');
        from += 1;
      }
      return null;
    }
    if (sent.kind === 'refused') return { kind: 'refused', problem: sent.problem };
    const ms = REPEAT_AFTER_MS[repeated];
    if (ms === undefined) return { kind: 'network' };
    repeated += 1;
    await wait({ because: 'network', ms });
    return null;
  }

  let end: ImportEnd | null = null;
  while (end === null) {
    if (from >= envelopes.length) end = { kind: 'finished' };
    else if (signal.aborted) end = { kind: 'cancelled' };
    else {
      tell({ state: 'sending', counts, pause: null });
      end = await step();
    }
  }
  tell({ state: 'ended', counts, end });
}
