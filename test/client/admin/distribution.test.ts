import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instrumentSchema } from '#core/instruments/instrument.ts';
import { distributionOf, optionLabel } from '#client/admin/scores/distribution.ts';
import { largestChange } from '#client/admin/scores/largest-change.ts';
import { weakestItems } from '#client/admin/scores/weakest-items.ts';
import { loadTexts } from '#client/admin/texts.ts';

const iit = instrumentSchema.parse(
  JSON.parse(readFileSync('src/core/instruments/iit-2567.json', 'utf8')),
);

function itemOf(code: string) {
  const item = iit.items.find((known) => known.code === code);
  if (!item) throw new Error(`no item ${code}`);
  return item;
}

describe('the distribution of an item', () => {
  it('has the worst answer of a positive item first', () => {
    const segments = distributionOf(iit, itemOf('I1'), [3, 1, 0, 11, 13, 697]);
    expect(segments.map(({ option, n, step }) => [option, n, step])).toEqual([
      [1, 3, 1],
      [2, 1, 2],
      [3, 0, 3],
      [4, 11, 4],
      [5, 13, 5],
      [6, 697, 6],
    ]);
  });

  it('has "most" first on a negative item: it is the worst answer there', () => {
    const segments = distributionOf(iit, itemOf('I5'), [669, 4, 3, 6, 5, 38]);
    expect(segments.map(({ option, n, step }) => [option, n, step])).toEqual([
      [6, 38, 1],
      [5, 5, 2],
      [4, 6, 3],
      [3, 3, 4],
      [2, 4, 5],
      [1, 669, 6],
    ]);
  });

  it('gives the two answers of a yes/no item the two ends of the scale, the bad one first', () => {
    const segments = distributionOf(iit, itemOf('I3'), [7, 718]);
    expect(segments.map(({ option, step }) => [option, step])).toEqual([
      [1, 1],
      [2, 6],
    ]);
  });

  it('fills the bar exactly, one piece after the other', () => {
    const segments = distributionOf(iit, itemOf('I1'), [1, 1, 1, 1, 0, 0]);
    expect(segments.map(({ start, length }) => [start, length])).toEqual([
      [0, 0.25],
      [0.25, 0.25],
      [0.5, 0.25],
      [0.75, 0.25],
      [1, 0],
      [1, 0],
    ]);
  });

  it('is an empty bar when nobody answered', () => {
    expect(distributionOf(iit, itemOf('I3'), [0, 0]).map(({ length }) => length)).toEqual([0, 0]);
  });

  it('names an option in the words of its scale', async () => {
    const words = (await loadTexts('th')).instrument('iit-2567');
    if (!words) throw new Error('the build has no texts of iit-2567');
    expect(optionLabel(words, itemOf('I1'), 6)).toBe('มากที่สุด');
  });
});

describe('what would change a score', () => {
  it('is at most the distance to the farther end, shared among the responses', () => {
    expect(largestChange('98.13', 725)).toBe('0.14');
    expect(largestChange('0.00', 4)).toBe('20.00');
  });
});

const scored = (code: string, score: string | null) => ({ code, n: 9, score, options: [] });

describe('the weakest items', () => {
  const scores = {
    threshold: 5,
    instruments: [
      {
        instrument: 'iit-2567',
        tool: 'IIT' as const,
        office: {
          state: 'shown' as const,
          n: 9,
          value: {
            score: '90.00',
            indicators: [],
            items: [scored('I1', '98.00'), scored('I2', '9.50'), scored('I3', '100.00')],
          },
        },
        fields: [],
        languages: [],
        quality: [],
      },
      {
        instrument: 'eit-2567',
        tool: 'EIT' as const,
        office: { state: 'hidden' as const, reason: 'few' as const },
        fields: [],
        languages: [],
        quality: [],
      },
    ],
    departments: [],
  };

  it('are the lowest first, without full marks and without hidden tools', () => {
    expect(weakestItems(scores, 3).map(({ code }) => code)).toEqual(['I2', 'I1']);
  });
});
