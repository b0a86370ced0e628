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
