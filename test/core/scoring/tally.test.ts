import { describe, expect, it } from 'vitest';
import { addResponse, emptyTally } from '#core/scoring/tally.ts';
import { eit } from '../instruments/known-instruments.ts';

const response = {
  instrument: 'eit-2567',
  language: 'my' as const,
  answers: { E1: 6, E2: 5, E3: 2, E4: 1, E5: 3, E6: 4 },
  respondent: { service: 2, age: 3, gender: null, job: 7, p1: 1, p2: 1, p4: 2, department: 4 },
  day: '2025-01-31',
  quality: [],
};

describe('a tally', () => {
  const tally = [response, { ...response, language: 'th' as const }].reduce(
    addResponse,
    emptyTally(eit),
  );

  it('counts the options of every item', () => {
    expect(tally.n).toBe(2);
    expect(tally.items).toEqual({
      E1: [0, 0, 0, 0, 0, 2],
      E2: [0, 0, 0, 0, 2, 0],
      E3: [0, 2],
      E4: [2, 0, 0, 0, 0, 0],
      E5: [0, 0, 2, 0, 0, 0],
      E6: [0, 0, 0, 2, 0, 0],
    });
  });

  it('counts what people said of themselves, and that they would rather not say', () => {
    expect(tally.fields['age']).toEqual({ options: [0, 0, 2, 0, 0, 0], notSaid: 0 });
    expect(tally.fields['gender']).toEqual({ options: [0, 0, 0], notSaid: 2 });
    expect(tally.fields['department']).toEqual({ options: [0, 0, 0, 2], notSaid: 0 });
  });

  it('counts languages', () => {
    expect(tally.languages).toEqual({ th: 1, en: 0, zh: 0, my: 1 });
  });
});
