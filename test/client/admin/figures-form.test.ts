import { describe, expect, it } from 'vitest';
import { type CardBasis } from '#core/contract/card.ts';
import { type EnteredFigures, NO_FIGURES } from '#core/contract/figures.ts';
import { readFigures } from '#core/scoring/read-figures.ts';
import {
  figuresForm,
  figuresTable,
  keysOf,
  otherIta,
  readFiguresForm,
  withReport,
} from '#client/admin/card/figures-form.ts';

const basisTool = (tool: 'IIT' | 'EIT' | 'OIT', weight: string, codes: string[]) => ({
  tool,
  instrument: null,
  weight,
  assessor: null,
  absence: null,
  items: codes.map((code) => ({
    code,
    indicator: 1,
    share: '1/2',
    shareOfIndicator: '1/2',
    points: '100/1',
    isAllOrNothing: false,
  })),
});

const BASIS: CardBasis = {
  fiscalYear: 2568,
  tools: [
    basisTool('IIT', '0.30', ['I1', 'I2']),
    {
      ...basisTool('EIT', '0.15', ['E1']),
      assessor: { weight: '0.15', score: '82.24' },
    },
    basisTool('OIT', '0.40', ['O1']),
  ],
};

const ENTERED: EnteredFigures = {
  eitPart2: '82.24',
  lastYear: {
    fiscalYear: 2567,
    ita: '96.87',
    tools: { IIT: '98.13', EIT: '96.42', OIT: null },
    indicators: { '1': '98.69' },
    items: { I1: '98.51', X9: '50.00' },
  },
};

describe('the form of entered figures', () => {
  it('gives back what was stored', () => {
    expect(readFiguresForm(figuresForm(ENTERED, 2568))).toEqual({
      state: 'valid',
      entered: ENTERED,
    });
    expect(readFiguresForm(figuresForm(NO_FIGURES, 2568))).toEqual({
      state: 'valid',
      entered: NO_FIGURES,
    });
  });

  it('offers the year before the assessment', () => {
    expect(figuresForm(NO_FIGURES, 2568).fiscalYear).toBe('2567');
  });

  it('reads figures as people type them', () => {
    const form = {
      eitPart2: '๘๒.๒๔',
      fiscalYear: '๒๕๖๗',
      scores: { ITA: '96,8', I1: ' 98 ', I2: '' },
    };
    expect(readFiguresForm(form)).toEqual({
      state: 'valid',
      entered: {
        eitPart2: '82.24',
        lastYear: {
          fiscalYear: 2567,
          ita: '96.80',
          tools: { IIT: null, EIT: null, OIT: null },
          indicators: {},
          items: { I1: '98.00' },
        },
      },
    });
  });

  it('names every field that is wrong', () => {
    const form = { eitPart2: '101', fiscalYear: 'x', scores: { ITA: '9.999', I1: '98' } };
    expect(readFiguresForm(form)).toEqual({
      state: 'invalid',
      problems: [
        { field: 'eit-part-2', code: 'figure-invalid' },
        { field: 'figures-year', code: 'year-invalid' },
        { field: 'figure-ITA', code: 'figure-invalid' },
      ],
    });
  });

  it('asks for no year where there is no report', () => {
    expect(readFiguresForm({ eitPart2: '', fiscalYear: '', scores: { I1: ' ' } }).state).toBe(
      'valid',
    );
  });

  it('has a field for every item, also for one that only the report has', () => {
    const { items, others } = keysOf(BASIS, figuresForm(ENTERED, 2568));
    expect(items.map(({ codes }) => codes)).toEqual([['I1', 'I2'], ['E1'], ['O1']]);
    expect(others).toEqual(['X9']);
  });

  it('is saved as a table that can be read again', () => {
    const form = figuresForm(ENTERED, 2568);
    const read = readFigures(figuresTable(BASIS, form), 2500);
    if (read.state !== 'read') throw new Error('nothing was read');
    expect(read.figures).toEqual(ENTERED.lastYear);
    expect(withReport(figuresForm(NO_FIGURES, 2568), read.figures)).toEqual({
      ...form,
      eitPart2: '',
    });
  });
});

const saysWith = (scores: Record<string, string>, fiscalYear = '2567') =>
  otherIta({ eitPart2: '', fiscalYear, scores });

describe('the ITA that the typed tools give', () => {
  const PRAWET = { IIT: '98.13', EIT: '96.42', OIT: '96.25' };
  it.each([
    ['as published', { ...PRAWET, ITA: '96.87' }, null],
    ['a hundredth away, by rounding', { ...PRAWET, ITA: '96.86' }, null],
    ['with two figures changed about', { ...PRAWET, ITA: '96.78' }, '96.87'],
    ['with a tool that is not typed', { IIT: '98.13', EIT: '96.42', ITA: '50' }, null],
    ['that nobody typed', PRAWET, null],
  ])('%s', (_, scores, expected) => {
    expect(saysWith(scores)).toBe(expected);
  });

  it.each([
    ['2564', '96.87'],
    ['2563', null],
    ['', null],
  ])('goes by the weights of %s, and is not told where those are not known', (year, expected) => {
    expect(saysWith({ ...PRAWET, ITA: '50' }, year)).toBe(expected);
  });
});
