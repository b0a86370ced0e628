import { describe, expect, it } from 'vitest';
import { readFigure, readFigures } from '#core/scoring/read-figures.ts';

describe('a score as it is typed', () => {
  it.each([
    ['98.51', '98.51'],
    ['98.5', '98.50'],
    ['100', '100.00'],
    [' 0 ', '0.00'],
    ['๙๘.๕๑', '98.51'],
    ['၉၈.၅', '98.50'],
    ['96,42', '96.42'],
  ])('%j is read as %s', (typed, told) => {
    expect(readFigure(typed)).toBe(told);
  });

  it.each(['', '-', '100.01', '1000', '-1', '98.512', '98..5', 'x', '1e2'])(
    '%j is none',
    (typed) => {
      expect(readFigure(typed)).toBeNull();
    },
  );
});

const FIGURES = {
  fiscalYear: 2567,
  ita: '96.87',
  tools: { IIT: '98.13', EIT: null, OIT: '96.25' },
  indicators: { '1': '98.69', '10': '100.00' },
  items: { I1: '98.51', O15: '0.00' },
};

const LINES = ['ITA,96.87', 'IIT,98.13', 'OIT,96.25', '1,98.69', '10,100', 'I1,98.51', 'o15,0'];

describe('a table of figures', () => {
  it.each([
    ['commas', ['รายการ,คะแนน', 'ปีงบประมาณ,2567', ...LINES].join('\n')],
    [
      'a byte order mark and Windows line ends',
      `\uFEFF${['fiscalYear,2567', ...LINES].join('\r\n')}`,
    ],
    ['semicolons', ['year;2567', ...LINES.map((line) => line.replace(',', ';'))].join('\n')],
    ['Thai digits', ['ปีงบประมาณ,๒๕๖๗', 'ITA,๙๖.๘๗', ...LINES.slice(1)].join('\n')],
    ['tabs and quotation marks', LINES.map((line) => `"${line.replace(',', '"\t"')}"`).join('\n')],
  ])('with %s is read', (_, text) => {
    expect(readFigures(text, 2567)).toEqual({ state: 'read', figures: FIGURES, skipped: [] });
  });

  it('names the lines that it could not read', () => {
    const text = ['IIT,98.13', '', 'I1,98.512', 'ตัวชี้วัด,ดี', 'I2,97'].join('\n');
    expect(readFigures(text, 2566)).toMatchObject({
      state: 'read',
      figures: { fiscalYear: 2566, items: { I2: '97.00' } },
      skipped: [3, 4],
    });
  });

  it.each(['', 'hello', '{"a":1}', '[]', 'I1,none\nI2,none'])(
    'that has none says so: %j',
    (text) => {
      expect(readFigures(text, 2567)).toEqual({ state: 'nothing-read' });
    },
  );
});

it('figures as JSON are read as they are', () => {
  expect(readFigures(JSON.stringify(FIGURES), 2560)).toEqual({
    state: 'read',
    figures: FIGURES,
    skipped: [],
  });
  expect(readFigures(JSON.stringify({ ...FIGURES, ita: '96.873' }), 2560)).toEqual({
    state: 'nothing-read',
  });
});
