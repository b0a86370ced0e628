import { array, assert, asyncProperty, constantFrom, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchResult } from '#core/contract/batch.ts';
import { problemOf } from '#core/contract/problem.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import {
  judgedIn,
  refusedIn,
  unsentIn,
  type ImportState,
} from '#client/admin/import/import-state.ts';
import { BUSY_PAUSE_MS, REPEAT_AFTER_MS, runImport } from '#client/admin/import/run-import.ts';
import type { Sent } from '#client/admin/import/send-batch.ts';

const envelopesOf = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `id-${n}` }));

const accepted = (envelopes: readonly unknown[]): Sent => ({
  kind: 'results',
  results: envelopes.map((): BatchResult => ({ id: 'id', result: 'accepted' })),
});

const isGiant = (envelope: unknown) => (envelope as { id: string }).id === 'id-37';

/** Imports against a server that answers as `answer` says; `at` counts its requests from 0. */
async function importInto(
  envelopes: readonly unknown[],
  answer: (envelopes: readonly unknown[], at: number) => Sent,
  stop = new AbortController(),
  onPause: () => void = () => {},
) {
  const batches: unknown[][] = [];
  const pauses: number[] = [];
  const told: ImportState[] = [];
  await runImport(envelopes, stop.signal, {
    send(batch) {
      batches.push([...batch]);
      return Promise.resolve(answer(batch, batches.length - 1));
    },
    pause(ms) {
      pauses.push(ms);
      onPause();
      return Promise.resolve();
    },
    tell: (state) => told.push(state),
  });
  const last = told[told.length - 1];
  if (last?.state !== 'ended') throw new Error('the import never told that it ended');
  return { batches, pauses, told, counts: last.counts, end: last.end };
}

describe('an import', () => {
  it('of 10,000 envelopes goes out in batches of a hundred, each envelope once', async () => {
    const envelopes = envelopesOf(10_000);
    const { batches, counts, end } = await importInto(envelopes, accepted);
    expect(batches).toHaveLength(100);
    expect(batches.flat()).toEqual(envelopes);
    expect(Math.max(...batches.map(({ length }) => length))).toBe(MAX_BATCH_ENVELOPES);
    expect([counts.accepted, end]).toEqual([10_000, { kind: 'finished' }]);
  });

  it('keeps large envelopes below the limit in bytes', async () => {
    const body = 'ก'.repeat(8_000); // 24,000 bytes
    const { batches } = await importInto(
      envelopesOf(60).map((envelope) => ({ ...envelope, body })),
      accepted,
    );
    const bytes = batches.map(
      (envelopes) => new TextEncoder().encode(JSON.stringify({ envelopes })).length,
    );
    expect(Math.max(...bytes)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    expect(batches.map(({ length }) => length)).toEqual([21, 21, 18]);
  });

  it('tells the fates of its envelopes apart', async () => {
    const problem = problemOf('item-missing', 'I7');
    const results: BatchResult[] = [
      { id: 'id-0', result: 'accepted' },
      { id: 'id-1', result: 'duplicate' },
      { id: 'id-2', result: 'conflict' },
      { id: 'id-3', result: 'quarantined', problem: problemOf('instrument-unknown') },
      { id: 'id-4', result: 'refused', problem },
      { id: null, result: 'refused', problem: problemOf('envelope-malformed') },
      { id: 'id-6', result: 'refused', problem },
    ];
    const { counts } = await importInto(envelopesOf(7), () => ({ kind: 'results', results }));
    expect(counts).toEqual({
      total: 7,
      accepted: 1,
      known: 1,
      conflicts: 1,
      uncounted: 0,
      quarantined: 1,
      refused: new Map([
        ['item-missing', 2],
        ['envelope-malformed', 1],
      ]),
    });
    expect([refusedIn(counts), unsentIn(counts)]).toEqual([3, 0]);
  });

  it('waits as long as a busy server asks and goes on', async () => {
    const { pauses, told, counts } = await importInto(envelopesOf(150), (batch, at) => {
      if (at === 1) return { kind: 'busy', retryAfterMs: 7_000 };
      return at === 2 ? { kind: 'busy', retryAfterMs: null } : accepted(batch);
    });
    expect(pauses).toEqual([7_000, BUSY_PAUSE_MS]);
    expect(told).toContainEqual(expect.objectContaining({ pause: { because: 'busy', ms: 7_000 } }));
    expect(counts.accepted).toBe(150);
  });

  it('is cancelled while a busy server is waited for', async () => {
    const stop = new AbortController();
    const { pauses, counts, end } = await importInto(
      envelopesOf(150),
      (batch, at) => (at === 0 ? accepted(batch) : { kind: 'busy', retryAfterMs: 3_600_000 }),
      stop,
      () => stop.abort(),
    );
    expect(pauses).toEqual([3_600_000]);
    expect([counts.accepted, unsentIn(counts), end]).toEqual([100, 50, { kind: 'cancelled' }]);
  });

  it('is cancelled while a request is under way, and waits for nothing more', async () => {
    const stop = new AbortController();
    const { pauses, counts, end } = await importInto(
      envelopesOf(150),
      () => {
        stop.abort();
        return { kind: 'network' };
      },
      stop,
    );
    expect([pauses, unsentIn(counts), end]).toEqual([[], 150, { kind: 'cancelled' }]);
  });

  it('counts what was taken by a server before it was cancelled', async () => {
    const stop = new AbortController();
    const { counts, end } = await importInto(
      envelopesOf(250),
      (batch) => {
        stop.abort();
        return accepted(batch);
      },
      stop,
    );
    expect([counts.accepted, end]).toEqual([100, { kind: 'cancelled' }]);
  });

  it('gives up on a network that stays away, and says how many were not sent', async () => {
    const { batches, pauses, counts, end } = await importInto(envelopesOf(250), (batch, at) =>
      at === 0 ? accepted(batch) : { kind: 'network' },
    );
    expect(pauses).toEqual(REPEAT_AFTER_MS);
    expect(batches).toHaveLength(2 + REPEAT_AFTER_MS.length);
    expect([counts.accepted, unsentIn(counts), end]).toEqual([100, 150, { kind: 'network' }]);
  });

  it('forgets earlier failures once the network is back', async () => {
    const { counts } = await importInto(envelopesOf(900), (batch, at) =>
      at % 3 === 0 ? accepted(batch) : { kind: 'network' },
    );
    expect(counts.accepted).toBe(900);
  });

  it('ends where the server takes nothing from this page', async () => {
    const { counts, end } = await importInto(envelopesOf(3), () => ({
      kind: 'refused',
      problem: 'outdated-client',
    }));
    expect([unsentIn(counts), end]).toEqual([3, { kind: 'refused', problem: 'outdated-client' }]);
  });

  it('halves batches that are too large until the one envelope is alone that is', async () => {
    const { counts, batches } = await importInto(envelopesOf(100), (batch) =>
      batch.some(isGiant) ? { kind: 'too-large' } : accepted(batch),
    );
    expect(counts.accepted).toBe(99);
    expect(counts.refused).toEqual(new Map([['body-too-large', 1]]));
    expect(batches.filter((batch) => batch.length === 1 && batch.some(isGiant))).toHaveLength(1);
  });

  it('judges every envelope exactly once or leaves it unsent, whatever happens', async () => {
    const fate = constantFrom<Sent['kind']>('results', 'busy', 'too-large', 'network');
    await assert(
      asyncProperty(
        nat({ max: 400 }),
        array(fate, { minLength: 1, maxLength: 40 }),
        async (count, fates) => {
          const taken: unknown[] = [];
          const { counts, end } = await importInto(envelopesOf(count), (batch, at) => {
            const kind = fates[at] ?? 'results';
            if (kind === 'results') {
              taken.push(...batch);
              return accepted(batch);
            }
            return kind === 'busy' ? { kind, retryAfterMs: null } : ({ kind } as Sent);
          });
          expect(new Set(taken).size).toBe(taken.length);
          expect(counts.accepted).toBe(taken.length);
          expect(judgedIn(counts) + unsentIn(counts)).toBe(count);
          expect(unsentIn(counts) === 0).toBe(end.kind === 'finished');
        },
      ),
      { numRuns: 200, seed: 20_251_121 },
    );
  });
});
