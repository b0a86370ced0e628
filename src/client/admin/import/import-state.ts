import type { BatchResult } from '#core/contract/batch.ts';
import type { ProblemCode } from '#core/contract/problem.ts';

/** What became of the envelopes of a file so far; what is in none of them was not sent. */
export interface ImportCounts {
  total: number;
  accepted: number;
  known: number;
  /** Kept, not counted: of an instrument or a version that the server does not know yet. */
  quarantined: number;
  conflicts: number;
  /** Kept, never counted: of the staff, without a code that opens. */
  uncounted: number;
  /** Not kept, by the reason. */
  refused: ReadonlyMap<ProblemCode, number>;
}

/**
 * Why the sending is over. network: no answer came, also not to the repetitions; refused: the server takes nothing from
 * this page.
 */
export type ImportEnd =
  | { kind: 'finished' }
  | { kind: 'cancelled' }
  | { kind: 'network' }
  | { kind: 'refused'; problem: ProblemCode };

/** A wait before the next request. busy: the server asked for it; network: no answer came, and it is tried once more. */
export interface ImportPause {
  because: 'busy' | 'network';
  ms: number;
}

/** How an import stands. pause: null = a batch is under way. */
export type ImportState =
  | { state: 'sending'; counts: ImportCounts; pause: ImportPause | null }
  | { state: 'ended'; counts: ImportCounts; end: ImportEnd };

export function noCounts(total: number): ImportCounts {
  return {
    total,
    accepted: 0,
    known: 0,
    quarantined: 0,
    conflicts: 0,
    uncounted: 0,
    refused: new Map(),
  };
}

export function refusedIn(counts: ImportCounts): number {
  return [...counts.refused.values()].reduce((sum, count) => sum + count, 0);
}

/** How many the server has judged. */
export function judgedIn(counts: ImportCounts): number {
  const { accepted, known, quarantined, conflicts, uncounted } = counts;
  return accepted + known + quarantined + conflicts + uncounted + refusedIn(counts);
}

export function unsentIn(counts: ImportCounts): number {
  return counts.total - judgedIn(counts);
}

const COUNT_OF = {
  accepted: 'accepted',
  duplicate: 'known',
  conflict: 'conflicts',
  quarantined: 'quarantined',
  uncounted: 'uncounted',
} as const;

/** The counts with one more result. */
export function countResult(counts: ImportCounts, result: BatchResult): ImportCounts {
  if (result.result === 'refused') return countRefused(counts, result.problem.code);
  const counted = COUNT_OF[result.result];
  return { ...counts, [counted]: counts[counted] + 1 };
}

/** The counts with one more refusal. */
export function countRefused(counts: ImportCounts, code: ProblemCode): ImportCounts {
  const refused = new Map(counts.refused).set(code, (counts.refused.get(code) ?? 0) + 1);
  return { ...counts, refused };
}
