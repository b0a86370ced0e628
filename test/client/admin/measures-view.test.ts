import { describe, expect, it } from 'vitest';
import type { Card } from '#core/contract/card.ts';
import type { Measure } from '#core/contract/measures.ts';
import {
  EVERYTHING,
  indicatorOf,
  indicatorsOf,
  itemsToRaise,
  matchesFilter,
  scoresOf,
  type MeasuresFilter,
} from '#client/admin/measures/measures-view.ts';

const item = (code: string, indicator: number, score: string | null) => ({
  code,
  indicator,
  tool: 'IIT' as const,
  score,
});

const CARD: Card = {
  ita: null,
  level: null,
  tools: [],
  indicators: [{ indicator: 1, tool: 'IIT', score: '80.00' }],
  items: [
    item('I1', 1, '98.00'),
    item('I2', 1, '9.50'),
    item('I3', 2, '100.00'),
    item('I10', 4, null),
    item('I11', 4, '71.20'),
  ],
  outlook: { state: 'highest' },
};

const MEASURE: Measure = {
  id: '00000000-0000-4000-8000-000000000701',
  about: { type: 'item', item: 'I1' },
  action: 'อบรมเจ้าหน้าที่',
  steps: '',
  responsible: 'ฝ่ายปกครอง',
  from: null,
  until: '2025-01-31',
  followUp: '',
  state: 'under-way',
  result: '',
};
const aboutItem = (code: string): Measure => ({ ...MEASURE, about: { type: 'item', item: code } });
const GENERAL: Measure = { ...MEASURE, about: { type: 'nothing' } };

describe('the items to raise', () => {
  it('are the lowest first, without full marks and without what is hidden or not known', () => {
    expect(itemsToRaise(CARD, [], 5).map(({ code }) => code)).toEqual(['I2', 'I11', 'I1']);
    expect(itemsToRaise(CARD, [], 1).map(({ code }) => code)).toEqual(['I2']);
  });

  it('leave out what a measure is about, unless that was dropped', () => {
    const dropped: Measure = { ...aboutItem('I11'), state: 'dropped' };
    const codes = itemsToRaise(CARD, [aboutItem('I2'), dropped], 5).map(({ code }) => code);
    expect(codes).toEqual(['I11', 'I1']);
  });
});

describe('the score of what a measure is about', () => {
  const before = {
    fiscalYear: 2567,
    ita: null,
    tools: { IIT: null, EIT: null, OIT: null },
    indicators: { 1: '70.00' },
    items: { I2: '8.00', I10: '60.00' },
  };

  it.each<[string, Measure['about'], { now: string | null; before: string | null }]>([
    ['an item', { type: 'item', item: 'I2' }, { now: '9.50', before: '8.00' }],
    ['an item that is hidden', { type: 'item', item: 'I10' }, { now: null, before: '60.00' }],
    ['an indicator', { type: 'indicator', indicator: 1 }, { now: '80.00', before: '70.00' }],
    ['an item that is gone', { type: 'item', item: 'E9' }, { now: null, before: null }],
    ['nothing', { type: 'nothing' }, { now: null, before: null }],
  ])('is told of %s, now and the year before', (_, about, expected) => {
    expect(scoresOf({ card: CARD, before }, about)).toEqual(expected);
  });

  it('is told of now alone where nothing is known of the year before', () => {
    const about = { type: 'item', item: 'I2' } as const;
    expect(scoresOf({ card: CARD, before: null }, about)).toEqual({ now: '9.50', before: null });
  });
});

const isShown = (measure: Measure, filter: Partial<MeasuresFilter>) =>
  matchesFilter(
    measure,
    { name: 'การปฏิบัติงาน', indicator: indicatorOf(CARD, measure.about) },
    { ...EVERYTHING, ...filter },
    '2025-02-01',
  );

describe('the list of measures', () => {
  it.each<[Partial<MeasuresFilter>, boolean]>([
    [{}, true],
    [{ show: 'overdue' }, true],
    [{ show: 'under-way' }, true],
    [{ show: 'done' }, false],
    [{ indicator: 1 }, true],
    [{ indicator: 2 }, false],
    [{ indicator: 'none' }, false],
    [{ search: 'ปกครอง' }, true],
    [{ search: 'การปฏิบัติ' }, true],
    [{ search: 'i1' }, true],
    [{ search: 'โยธา' }, false],
    [{ show: 'overdue', indicator: 2 }, false],
  ])('shows one about I1 with %j: %s', (filter, expected) => {
    expect(isShown(MEASURE, filter)).toBe(expected);
  });

  it('means a code whole', () => {
    expect(isShown(aboutItem('I11'), { search: 'I1' })).toBe(false);
  });

  it('shows one about nothing that is scored by that', () => {
    expect(isShown(GENERAL, { indicator: 'none' })).toBe(true);
    expect(isShown(GENERAL, { indicator: 1 })).toBe(false);
  });

  it('is narrowed to the indicators that there are, in order', () => {
    expect(indicatorsOf(CARD, [GENERAL, aboutItem('I11'), aboutItem('I2'), MEASURE])).toEqual([
      1,
      4,
      'none',
    ]);
  });
});
