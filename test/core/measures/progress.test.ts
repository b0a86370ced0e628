import { expect, test } from 'vitest';
import type { Measure } from '#core/contract/measures.ts';
import { inOrder, isOverdue, stepsOf } from '#core/measures/progress.ts';

const MEASURE: Measure = {
  id: '00000000-0000-4000-8000-000000000001',
  about: { type: 'nothing' },
  action: 'อบรม',
  steps: '',
  responsible: '',
  from: null,
  until: '2025-01-31',
  followUp: '',
  state: 'planned',
  result: '',
};

test.each<[string, Partial<Measure>, string, boolean]>([
  ['on its last day', {}, '2025-01-31', false],
  ['on the day after', {}, '2025-02-01', true],
  ['on the day after, under way', { state: 'under-way' }, '2025-02-01', true],
  ['on the day after, done', { state: 'done' }, '2025-02-01', false],
  ['on the day after, dropped', { state: 'dropped' }, '2025-02-01', false],
  ['without a last day', { until: null }, '2099-01-01', false],
])('a measure %s is overdue or not', (_, changes, today, expected) => {
  expect(isOverdue({ ...MEASURE, ...changes }, today)).toBe(expected);
});

test('what is left to do comes first, by its last day, then what is done, then what was dropped', () => {
  const measures: Measure[] = [
    { ...MEASURE, action: 'dropped', state: 'dropped', until: '2024-10-01' },
    { ...MEASURE, action: 'done', state: 'done', until: '2024-10-01' },
    { ...MEASURE, action: 'open end', until: null },
    { ...MEASURE, action: 'march', until: '2025-03-31' },
    { ...MEASURE, action: 'january', state: 'under-way' },
  ];
  expect(inOrder(measures).map(({ action }) => action)).toEqual([
    'january',
    'march',
    'open end',
    'done',
    'dropped',
  ]);
});

test('every line with something in it is a step', () => {
  expect(stepsOf({ steps: 'ออกแบบ\n\n  ติดป้าย \n' })).toEqual(['ออกแบบ', 'ติดป้าย']);
  expect(stepsOf({ steps: '' })).toEqual([]);
});
