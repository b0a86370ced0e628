import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Response } from '#core/contract/response.ts';
import { talliesIn } from '#core/scoring/counts.ts';
import { arbitraryResponse } from '../instruments/arbitrary-response.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { countsOf, tallyOf } from './counted.ts';

const response: Response = {
  instrument: 'eit-2567',
  language: 'my',
  answers: { E1: 6, E2: 5, E3: 2, E4: 1, E5: 3, E6: 4 },
  respondent: { service: 2, age: 3, gender: null, job: 7, p1: 1, p2: 1, p4: 2, department: 4 },
  day: '2025-01-31',
  quality: ['too-fast'],
};

const count = (responses: readonly Response[], instrument = eit) =>
  countsOf(instrument, responses).combinations;

describe('the count of responses', () => {
  it('puts those together who said the same of themselves in one language', () => {
    const [combination, ...others] = count([response, response]);
    expect(others).toEqual([]);
    expect(combination?.said).toEqual(response.respondent);
    expect(combination?.language).toBe('my');
    expect(combination?.n).toBe(2);
    expect(tallyOf(eit, [response, response])).toEqual({
      n: 2,
      items: {
        E1: [0, 0, 0, 0, 0, 2],
        E2: [0, 0, 0, 0, 2, 0],
        E3: [0, 2],
        E4: [2, 0, 0, 0, 0, 0],
        E5: [0, 0, 2, 0, 0, 0],
        E6: [0, 0, 0, 2, 0, 0],
      },
    });
  });

  it('tells those apart who chose different languages', () => {
    const languages = count([response, { ...response, language: 'th' }]).map(({ language, n }) => [
      language,
      n,
    ]);
    expect(languages).toEqual([
      ['my', 1],
      ['th', 1],
    ]);
  });

  it('marks what the device noticed, and those who never contacted the office', () => {
    const visitor = { ...response, respondent: { ...response.respondent, p1: 2 }, quality: [] };
    const marks = count([response, visitor]).map((combination) => combination.marks);
    expect(marks).toContainEqual(['too-fast', 'never-contacted']);
    expect(marks).toContainEqual([]);
  });

  it('knows nobody at the counter among the staff', () => {
    const [staff] = count([{ ...response, instrument: 'iit-2567', answers: {} }], iit);
    expect(staff?.marks).toEqual(['too-fast']);
  });

  it('is the same in whatever order the responses come', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryResponse(eit), { maxLength: 30 }).chain((responses) =>
          fc.tuple(
            fc.constant(responses),
            fc.shuffledSubarray(responses, {
              minLength: responses.length,
              maxLength: responses.length,
            }),
          ),
        ),
        ([responses, others]) => {
          expect(count(others)).toEqual(count(responses));
        },
      ),
      { seed: 2567, numRuns: 50 },
    );
  });

  it('of each group is that of those who are in it, counted alone', () => {
    const hasty: Response = { ...response, language: 'th', quality: ['too-fast'] };
    fc.assert(
      fc.property(fc.array(arbitraryResponse(eit), { maxLength: 30 }), (responses) => {
        const tallies = talliesIn(eit, countsOf(eit, [...responses, hasty]));
        const everybody = [...responses, hasty];
        const alone = (isMeant: (one: (typeof everybody)[number]) => boolean) =>
          tallyOf(eit, everybody.filter(isMeant));
        expect(tallies.of({ of: 'language', language: 'th' })).toEqual(
          alone(({ language }) => language === 'th'),
        );
        expect(tallies.of({ of: 'field', field: 'age', option: null })).toEqual(
          alone(({ respondent }) => respondent['age'] === null),
        );
        expect(tallies.of({ of: 'field', field: 'age', option: 3 })).toEqual(
          alone(({ respondent }) => respondent['age'] === 3),
        );
        expect(tallies.without({ of: 'mark', mark: 'too-fast' })).toEqual(
          alone(({ quality }) => !quality.includes('too-fast')),
        );
      }),
      { seed: 2567, numRuns: 50 },
    );
  });

  it('of all together is that of everybody', () => {
    fc.assert(
      fc.property(fc.array(arbitraryResponse(iit), { maxLength: 30 }), (responses) => {
        const sum = tallyOf(iit, responses);
        expect(sum.n).toBe(responses.length);
        for (const { code } of iit.items)
          expect(sum.items[code]?.reduce((total, n) => total + n, 0)).toBe(responses.length);
      }),
      { seed: 2567, numRuns: 50 },
    );
  });
});
