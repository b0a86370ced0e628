import type { Wanted } from '../flood/flood-gate.ts';
import { type Problem, type ProblemCode, problemOf } from '#core/contract/problem.ts';

/** Thrown anywhere below a route to refuse the request; becomes application/problem+json in one place. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly retryAfterSeconds: number | null;

  constructor(code: ProblemCode, detail?: string, retryAfterSeconds: number | null = null) {
    super(code);
    this.name = 'ProblemError';
    this.problem = problemOf(code, detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown where a channel is flooded: the same batch is welcome as soon as the work is done. */
export class WorkWantedError extends ProblemError {
  override readonly problem: Problem;

  constructor({ work, seconds }: Wanted) {
    super('work-wanted', undefined, seconds);
    this.problem = { ...problemOf('work-wanted'), work };
  }
}
