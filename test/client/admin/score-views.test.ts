import { describe, expect, it } from 'vitest';
import {
  axisFrom,
  breakdownsOf,
  changeInHundredths,
  fieldOf,
  respondentFields,
  valuesWithPeople,
} from '#client/admin/scores/views.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { eit, iit } from '../../core/instruments/known-instruments.ts';

const [ofEit] = scoresOf(
  [{ instrument: eit, counts: { combinations: [], tallies: [] } }],
  [1, 2],
  5,
).instruments;
if (!ofEit) throw new Error('no scores');

describe('what scores are looked at by', () => {
  it('has a page for the kind of service only where one is asked for', () => {
    expect(breakdownsOf([iit])).toEqual(['departments', 'respondents', 'quality']);
    expect(breakdownsOf([iit, eit])).toEqual(['departments', 'services', 'respondents', 'quality']);
  });

  it('finds departments and kinds of service, and leaves the rest to who answered', () => {
    expect(fieldOf(eit, ofEit, 'departments')?.field).toBe('department');
    expect(fieldOf(eit, ofEit, 'services')?.field).toBe('service');
    expect(fieldOf(iit, ofEit, 'services')).toBeUndefined();
    expect(respondentFields(eit, ofEit).map(({ field }) => field)).toEqual([
      'age',
      'gender',
      'job',
      'p1',
      'p2',
      'p4',
    ]);
  });

  it('has no line for people who would rather not say where there are none', () => {
    const shown = { state: 'shown' as const, value: { score: null, indicators: [], items: [] } };
    const few = { state: 'hidden' as const, reason: 'few' as const };
    const optionsOf = (last: Parameters<typeof valuesWithPeople>[0]['values'][number]['group']) =>
      valuesWithPeople({
        field: 'age',
        values: [
          { option: 1, group: { ...shown, n: 0 } },
          { option: null, group: last },
        ],
      }).map(({ option }) => option);
    expect(optionsOf({ ...shown, n: 0 })).toEqual([1]);
    expect(optionsOf({ ...shown, n: 7 })).toEqual([1, null]);
    expect(optionsOf(few)).toEqual([1, null]);
  });
});

describe('the axis of the scores', () => {
  it.each([
    ['all are perfect', [100, 100], 95, 3],
    ['they are high', [97.2, 99], 95, 3],
    ['they lie apart', [83, 99], 80, 5],
    ['one is bad', [12.5, 99], 0, 5],
    ['there are none', [null], 95, 3],
  ] as const)('begins below the lowest where %s', (_, scores, from, marks) => {
    const axis = axisFrom(scores);
    expect(axis.from).toBe(from);
    expect(axis.marks).toHaveLength(marks);
    expect(axis.marks.at(-1)).toBe(100);
  });
});

describe('the change of a score', () => {
  it.each([
    ['98.13', '97.93', 20],
    ['0.10', '0.30', -20],
    ['100.00', '100.00', 0],
  ])('from %s against %s is exact', (score, before, change) => {
    expect(changeInHundredths(score, before)).toBe(change);
  });
});
