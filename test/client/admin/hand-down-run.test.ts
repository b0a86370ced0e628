import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../src/client/admin/api-error.ts';
import {
  afterTurn,
  AT_REST,
  begun,
  type HandDownRun,
  type OfficeOutcome,
  ofLastRun,
  sumsOf,
} from '../../../src/client/admin/hand-down/hand-down-run.ts';

const made: OfficeOutcome = { state: 'done', did: 'made' };
const refused: OfficeOutcome = { state: 'failed', error: new ApiError('too-many-departments') };
const cut: OfficeOutcome = { state: 'failed', error: new ApiError('unreachable') };

/** A run to these offices, of which some had their turn. */
const runOf = (
  before: HandDownRun,
  wanted: readonly string[],
  outcomes: Record<string, OfficeOutcome>,
): HandDownRun =>
  Object.entries(outcomes).reduce(
    (run, [organization, outcome]) => afterTurn(run, organization, outcome),
    begun(before, wanted),
  );

describe('a set-up on its way down', () => {
  test('goes on behind an office that is refused, which is told by itself', () => {
    const run = runOf(AT_REST, ['a', 'b'], { a: refused, b: { state: 'done', did: 'nothing' } });
    expect(run.stoppedBy).toBeNull();
    expect(sumsOf(run)).toEqual({ made: 0, changed: 0, nothing: 1, left: 1 });
    expect(ofLastRun(run)).toContain(refused);
  });

  test('is ended by what meets all of them: no office is said to be refused, and nothing of it to be known', () => {
    const run = runOf(AT_REST, ['a', 'b', 'c'], { a: made, b: cut });
    expect(run.stoppedBy?.code).toBe('unreachable');
    expect(sumsOf(run)).toEqual({ made: 1, changed: 0, nothing: 0, left: 2 });
    expect(run.outcomes.has('b')).toBe(false);
  });

  test('goes on where it was broken off: who has it already is not offered it again', () => {
    const broken = runOf(AT_REST, ['a', 'b', 'c'], { a: made, b: cut });
    const second = runOf(broken, ['b', 'c'], { b: made, c: refused });
    expect(second.stoppedBy).toBeNull();
    expect(second.outcomes.get('a')).toEqual(made);
    // What is told is of the last run.
    expect(sumsOf(second)).toEqual({ made: 1, changed: 0, nothing: 0, left: 1 });
    expect(begun(second, ['c']).outcomes.has('c')).toBe(false);
  });
});
