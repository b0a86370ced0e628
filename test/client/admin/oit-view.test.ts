import { describe, expect, it } from 'vitest';
import { matchesFilter, progressOf, viewOf, withEntry } from '#client/admin/oit/checklist-view.ts';
import { emptyEntry, type ChecklistEntry } from '#core/contract/oit.ts';
import { checklist, oit } from '../../core/instruments/known-oit.ts';

const TODAY = '2025-01-31';
const DONE: ChecklistEntry = {
  ...emptyEntry('O1'),
  urls: ['https://www.example.go.th', 'https://www.example.go.th/about'],
  responsible: 'ฝ่ายโยธา',
  state: 'checked',
  points: 100,
};
const LATE: ChecklistEntry = { ...emptyEntry('O10'), due: '2025-01-30', note: 'รอเอกสาร' };
const NAME = 'ข้อมูลพื้นฐานของสำนักงานเขต E-Service';

describe('what is shown of the checklist', () => {
  it.each<[string, ChecklistEntry, 'all' | 'missing' | 'overdue', string, boolean]>([
    ['everything at first', DONE, 'all', '', true],
    ['what is done is not missing', DONE, 'missing', '', false],
    ['what is late is missing', LATE, 'missing', '', true],
    ['what is late', LATE, 'overdue', '', true],
    ['not what is done', DONE, 'overdue', '', false],
    ['by its code', DONE, 'all', ' o1 ', true],
    ['by its whole code alone', LATE, 'all', 'O1', false],
    ['by its name', DONE, 'all', 'พื้นฐาน', true],
    ['by its name, small or large', DONE, 'all', 'e-service', true],
    ['by who is responsible', DONE, 'all', 'โยธา', true],
    ['by its address', DONE, 'all', 'example.go.th/ABOUT', true],
    ['by its note', LATE, 'all', 'เอกสาร', true],
    ['not by what it does not say', DONE, 'all', 'เอกสาร', false],
    ['only what fits both', LATE, 'overdue', 'โยธา', false],
  ])('%s', (_, entry, show, search, isShown) => {
    expect(matchesFilter(entry, NAME, { show, search }, TODAY)).toBe(isShown);
  });
});

describe('the checklist on the page', () => {
  it('counts how far it is', () => {
    expect(progressOf([DONE, LATE, { ...DONE, points: null }], TODAY)).toEqual({
      items: 3,
      published: 2,
      judged: 1,
      missing: 2,
      overdue: 1,
    });
  });

  it('has the scores of the published report when the office judges like it', () => {
    const view = viewOf({ instrument: oit, checklist: checklist({ O15: { points: 0 } }) });
    expect(view).toMatchObject({ score: '96.25', least: '96.25', most: '96.25' });
    expect(view.indicators.map(({ score }) => score)).toEqual(['95.00', '100.00']);
    expect(view.indicators[0]?.subIndicators.map(({ code, score }) => `${code} ${score}`)).toEqual([
      '9.1 100.00',
      '9.2 100.00',
      '9.3 66.67',
      '9.4 100.00',
      '9.5 100.00',
    ]);
  });

  it('has no score while an item is open, and says what it lies between', () => {
    const open = { instrument: oit, checklist: checklist({ O15: { points: null } }) };
    const view = viewOf(open);
    expect(view).toMatchObject({ score: null, least: '96.25', most: '100.00' });
    expect(view.indicators.map(({ score }) => score)).toEqual([null, '100.00']);
    const judged = viewOf(withEntry(open, { ...emptyEntry('O15'), points: 100 }));
    expect(judged.score).toBe('100.00');
  });

  it('has every item once, in order', () => {
    const { indicators } = viewOf({ instrument: oit, checklist: checklist() });
    const items = indicators.flatMap(({ subIndicators }) =>
      subIndicators.flatMap(({ entries }) => entries.map(({ item }) => item)),
    );
    expect(items).toEqual(Array.from({ length: 22 }, (_, index) => `O${index + 1}`));
  });
});
