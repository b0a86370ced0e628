import { describe, expect, it } from 'vitest';
import { scoresSchema } from '#core/contract/scores.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { addResponse, emptyTally, type Tally } from '#core/scoring/tally.ts';
import { eit } from '../instruments/known-instruments.ts';

/** A tally of n people who all chose the option on the six steps and said "no" to bribes. */
function tallyOf(n: number, option: number): Tally {
  const response = {
    instrument: 'eit-2567',
    language: 'th' as const,
    answers: { E1: option, E2: option, E3: 2, E4: option, E5: option, E6: option },
    respondent: {},
    day: '2025-01-31',
    quality: [],
  };
  return Array.from({ length: n }, () => response).reduce(addResponse, emptyTally(eit));
}

function eitScores(departments: readonly { department: number | null; tally: Tally }[]) {
  const scores = scoresOf([{ instrument: eit, departments }]);
  expect(scoresSchema.parse(scores)).toEqual(scores);
  const [tool] = scores.instruments;
  if (!tool) throw new Error('no scores');
  return tool;
}

describe('the scores of an assessment', () => {
  it('are of the whole office and of each department', () => {
    const { office, departments } = eitScores([
      { department: 1, tally: tallyOf(10, 6) },
      { department: 2, tally: tallyOf(10, 1) },
    ]);
    expect(office).toMatchObject({ state: 'shown', n: 20, value: { score: '58.33' } });
    expect(departments).toEqual([
      { department: 1, group: { state: 'shown', n: 10, value: '100.00' } },
      { department: 2, group: { state: 'shown', n: 10, value: '16.67' } },
    ]);
  });

  it('hide a small department, and a second one that would give it away', () => {
    const { departments } = eitScores([
      { department: 1, tally: tallyOf(10, 6) },
      { department: 2, tally: tallyOf(4, 1) },
      { department: null, tally: tallyOf(6, 6) },
    ]);
    expect(departments).toEqual([
      { department: 1, group: { state: 'shown', n: 10, value: '100.00' } },
      { department: 2, group: { state: 'hidden', reason: 'few' } },
      { department: null, group: { state: 'hidden', reason: 'complement' } },
    ]);
  });

  it('hide the whole office while fewer than five have answered', () => {
    const { office, departments } = eitScores([{ department: 1, tally: tallyOf(4, 6) }]);
    expect(office).toEqual({ state: 'hidden', reason: 'few' });
    expect(departments).toEqual([{ department: 1, group: { state: 'hidden', reason: 'few' } }]);
  });

  it('of nobody are no scores', () => {
    const { office, departments } = eitScores([{ department: 1, tally: emptyTally(eit) }]);
    expect(office).toMatchObject({ state: 'shown', n: 0, value: { score: null } });
    expect(departments).toEqual([{ department: 1, group: { state: 'shown', n: 0, value: null } }]);
  });
});
