import type { BatchResult } from '#core/contract/batch.ts';
import type { ProblemCode } from '#core/contract/problem.ts';

/** What became of the envelopes of a file so far; what is in none of the counts was not sent. */
export interface ImportTally {
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
  | { state: 'sending'; tally: ImportTally; pause: ImportPause | null }
  | { state: 'ended'; tally: ImportTally; end: ImportEnd };

export function emptyTally(total: number): ImportTally {
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

export function refusedIn(tally: ImportTally): number {
  return [...tally.refused.values()].reduce((sum, count) => sum + count, 0);
}

/** How many the server has judged. */
export function judgedIn(tally: ImportTally): number {
  const { accepted, known, quarantined, conflicts, uncounted } = tally;
  return accepted + known + quarantined + conflicts + uncounted + refusedIn(tally);
}

export function unsentIn(tally: ImportTally): number {
  return tally.total - judgedIn(tally);
}

const COUNT_OF = {
  accepted: 'accepted',
  duplicate: 'known',
  conflict: 'conflicts',
  quarantined: 'quarantined',
  uncounted: 'uncounted',
} as const;

/** The tally with one more result. */
export function countResult(tally: ImportTally, result: BatchResult): ImportTally {
  if (result.result === 'refused') return countRefused(tally, result.problem.code);
  const counted = COUNT_OF[result.result];
  return { ...tally, [counted]: tally[counted] + 1 };
}

/** The tally with one more refusal. */
export function countRefused(tally: ImportTally, code: ProblemCode): ImportTally {
  const refused = new Map(tally.refused).set(code, (tally.refused.get(code) ?? 0) + 1);
  return { ...tally, refused };
}
