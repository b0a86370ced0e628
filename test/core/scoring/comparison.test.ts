import { describe, expect, it } from 'vitest';
import type { PublishedFigures } from '#core/contract/figures.ts';
import { compareFigures, levelOfFigures } from '#core/scoring/comparison.ts';

const PRAWET: PublishedFigures = {
  fiscalYear: 2567,
  ita: '96.87',
  tools: { IIT: '98.13', EIT: '96.42', OIT: '96.25' },
  indicators: { '1': '98.69', '8': '95.45' },
  items: { I1: '98.51', E6: '94.66' },
};

describe('two reports side by side', () => {
  const comparison = compareFigures(
    {
      fiscalYear: 2568,
      ita: null,
      tools: { IIT: '98.47', EIT: '95.22', OIT: null },
      indicators: { '1': '98.69', '2': '97.38' },
      items: { I1: '8.51', I2: '100.00' },
    },
    PRAWET,
  );

  it('tell by how much each figure changed, with its sign', () => {
    expect(comparison.tools.IIT).toEqual({ now: '98.47', before: '98.13', change: '+0.34' });
    expect(comparison.tools.EIT).toEqual({ now: '95.22', before: '96.42', change: '-1.20' });
    expect(comparison.indicators['1']?.change).toBe('0.00');
    expect(comparison.items.I1?.change).toBe('-90.00');
  });

  it('tell of no change where one of them has no figure', () => {
    expect(comparison.ita).toEqual({ now: null, before: '96.87', change: null });
    expect(comparison.tools.OIT).toEqual({ now: null, before: '96.25', change: null });
    expect(comparison.indicators['2']).toEqual({ now: '97.38', before: null, change: null });
    expect(comparison.items.E6).toEqual({ now: null, before: '94.66', change: null });
  });
});

describe('the level of published figures', () => {
  it('follows from the ITA and the tools', () => {
    expect(levelOfFigures(PRAWET)).toBe('excellent');
    expect(levelOfFigures({ ...PRAWET, tools: { ...PRAWET.tools, EIT: '94.99' } })).toBe('good');
    expect(levelOfFigures({ ...PRAWET, fiscalYear: 2565 })).toBe('AA');
  });

  it('is not known where one of them is not', () => {
    expect(levelOfFigures({ ...PRAWET, ita: null })).toBeNull();
    expect(levelOfFigures({ ...PRAWET, tools: { ...PRAWET.tools, OIT: null } })).toBeNull();
  });
});
