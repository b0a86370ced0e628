import { describe, expect, it } from 'vitest';
import { emptyEntry, type ChecklistEntry } from '#core/contract/oit.ts';
import { gapsOf, isOverdue, missingEntries } from '#core/instruments/oit/gaps.ts';

const DONE: ChecklistEntry = {
  ...emptyEntry('O1'),
  urls: ['https://district.example.go.th/about'],
  state: 'checked',
  points: 100,
};

describe('what an item lacks', () => {
  it.each<[string, Partial<ChecklistEntry>, string[]]>([
    ['nothing when it is checked', {}, []],
    ['nothing when it is published', { state: 'published' }, []],
    ['the publishing while it is in work', { state: 'in-work', points: 0 }, ['not-published']],
    ['the publishing at first', { ...emptyEntry('O1') }, ['not-published']],
    ['its URL', { urls: [] }, ['no-url']],
    ['the judgement', { points: null }, ['not-judged']],
    ['what the judgement found', { points: 0 }, ['not-met']],
    ['its URL and the judgement', { urls: [], points: null }, ['no-url', 'not-judged']],
  ])('%s', (_, changes, gaps) => {
    expect(gapsOf({ ...DONE, ...changes })).toEqual(gaps);
  });
});

describe('an item is overdue', () => {
  it.each<[string, Partial<ChecklistEntry>, boolean]>([
    ['the day after it was due', { state: 'in-work', due: '2024-11-19' }, true],
    ['not on the day itself', { state: 'in-work', due: '2024-11-20' }, false],
    ['not without a date', { state: 'in-work' }, false],
    ['not when nothing is missing', { due: '2024-11-19' }, false],
    ['when it is published without a URL', { urls: [], due: '2024-11-19' }, true],
  ])('%s', (_, changes, overdue) => {
    expect(isOverdue({ ...DONE, ...changes }, '2024-11-20')).toBe(overdue);
  });
});

it('what is missing comes in the order in which it is due', () => {
  const entries = [
    emptyEntry('O1'),
    { ...emptyEntry('O2'), due: '2025-03-01' },
    { ...DONE, item: 'O3', due: '2024-01-01' },
    { ...emptyEntry('O4'), due: '2025-01-31' },
    emptyEntry('O5'),
  ];
  expect(missingEntries(entries).map(({ item }) => item)).toEqual(['O4', 'O2', 'O1', 'O5']);
});
