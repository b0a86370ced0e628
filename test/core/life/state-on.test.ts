import { describe, expect, it } from 'vitest';
import type { Life, LifeState } from '#core/contract/life.ts';
import { lifeSchema } from '#core/contract/life.ts';
import { addDays, dayInBangkok } from '#core/life/day.ts';
import { lastDueDeletion, removalDay } from '#core/life/deletion.ts';
import { comingChange, stateOn } from '#core/life/state-on.ts';

const JANUARY_TO_APRIL = { opensOn: '2025-01-06', closesOn: '2025-04-30' };
const NO_DATES = { opensOn: null, closesOn: null };
const draft: Life = { state: 'draft', ...JANUARY_TO_APRIL };
const open: Life = { state: 'open', ...JANUARY_TO_APRIL };

describe('the state of an assessment on a day', () => {
  it.each<[string, Life, string, LifeState]>([
    ['a draft before its first day', draft, '2025-01-05', 'draft'],
    ['a draft on its first day', draft, '2025-01-06', 'open'],
    ['a draft on its last day', draft, '2025-04-30', 'open'],
    ['a draft after its last day', draft, '2025-05-01', 'closed'],
    ['a draft without dates', { ...draft, ...NO_DATES }, '2025-02-01', 'draft'],
    ['a draft with a last day alone', { ...draft, opensOn: null }, '2025-05-01', 'draft'],
    ['one that was opened before its first day', open, '2025-01-01', 'open'],
    ['an open one on its last day', open, '2025-04-30', 'open'],
    ['an open one after its last day', open, '2025-05-01', 'closed'],
    ['an open one without dates', { ...open, ...NO_DATES }, '2099-01-01', 'open'],
    ['one that was closed within its days', { ...open, state: 'closed' }, '2025-02-01', 'closed'],
    ['one in the archive', { ...open, state: 'archived' }, '2025-02-01', 'archived'],
    ['one that is open for one day', { ...draft, closesOn: '2025-01-06' }, '2025-01-06', 'open'],
  ])('%s', (_, life, day, state) => {
    expect(stateOn(life, day)).toBe(state);
  });

  it('cannot be set to close before it opens', () => {
    expect(lifeSchema.safeParse(draft).success).toBe(true);
    expect(lifeSchema.safeParse({ ...draft, closesOn: '2025-01-05' }).success).toBe(false);
    expect(lifeSchema.safeParse({ ...draft, closesOn: '2025-02-30' }).success).toBe(false);
  });
});

describe('what the dates change next', () => {
  it.each<[string, Life, string, ReturnType<typeof comingChange>]>([
    ['a draft opens', draft, '2025-01-05', { day: '2025-01-06', state: 'open' }],
    ['what opened closes', draft, '2025-01-06', { day: '2025-05-01', state: 'closed' }],
    ['what is open closes', open, '2025-01-01', { day: '2025-05-01', state: 'closed' }],
    ['nothing of what is closed', open, '2025-05-01', null],
    ['nothing without dates', { ...open, ...NO_DATES }, '2025-01-01', null],
    ['nothing in the archive', { ...draft, state: 'archived' }, '2025-01-01', null],
  ])('%s', (_, life, day, change) => {
    expect(comingChange(life, day)).toEqual(change);
  });
});

describe('days in Thailand', () => {
  it.each([
    ['2024-12-31T16:59:59Z', '2024-12-31'],
    ['2024-12-31T17:00:00Z', '2025-01-01'],
  ])('%s is %s', (moment, day) => {
    expect(dayInBangkok(Date.parse(moment))).toBe(day);
  });

  it('are counted across months and leap days', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
  });

  it('a deleted assessment is there for thirty days', () => {
    expect(removalDay('2025-01-31')).toBe('2025-03-02');
    expect(lastDueDeletion('2025-03-02')).toBe('2025-01-31');
  });
});
