import { describe, expect, test } from 'vitest';
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS, nextPause } from '#client/admin/roll-up/asking-again.ts';
import { type Column, named, pressed, sorted } from '#client/admin/roll-up/sorted.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import type { RollUpRow } from '#core/contract/roll-up.ts';

const row = (th: string, changes: Partial<RollUpRow>): RollUpRow => ({
  assessment: th,
  organization: { th },
  life: OPEN_LIFE,
  ita: null,
  IIT: null,
  EIT: null,
  OIT: null,
  answered: 0,
  target: null,
  towards: null,
  isCounting: false,
  ...changes,
});

const ROWS = [
  row('ข', { ita: '100.00', EIT: '9.50', answered: 30, target: 60, towards: 30 }),
  row('ค', { answered: 90 }),
  row('ก', { ita: '98.13', EIT: '88.00', answered: 80, target: 50, towards: 50 }),
  row('ง', { answered: 4, target: 0, towards: 0 }),
];

const namesBy = (by: Column, isDescending: boolean) =>
  sorted(ROWS, { by, isDescending }, 'th').map(({ organization }) => organization.th);

describe('the offices', () => {
  test('are sorted by number, not by text, and those without one come last either way', () => {
    expect(namesBy('ita', true)).toEqual(['ข', 'ก', 'ค', 'ง']);
    expect(namesBy('ita', false)).toEqual(['ก', 'ข', 'ค', 'ง']);
    expect(namesBy('EIT', true)).toEqual(['ก', 'ข', 'ค', 'ง']);
    expect(namesBy('answered', true)).toEqual(['ค', 'ก', 'ข', 'ง']);
    expect(namesBy('reached', true)).toEqual(['ก', 'ข', 'ค', 'ง']);
    expect(namesBy('office', false)).toEqual(['ก', 'ข', 'ค', 'ง']);
  });

  test('of numbered names come as people count', () => {
    const rows = ['เขต 10', 'เขต 9', 'เขต 1'].map((th) => row(th, {}));
    const inOrder = sorted(rows, { by: 'office', isDescending: false }, 'th');
    expect(inOrder.map(({ organization }) => organization.th)).toEqual([
      'เขต 1',
      'เขต 9',
      'เขต 10',
    ]);
    expect(named(inOrder, ' ต 1').map(({ assessment }) => assessment)).toEqual(['เขต 1', 'เขต 10']);
  });

  test('show the best first at the first press on a heading, and the other way at the second', () => {
    const first = pressed({ by: 'ita', isDescending: true }, 'EIT');
    expect(first).toEqual({ by: 'EIT', isDescending: true });
    expect(pressed(first, 'EIT')).toEqual({ by: 'EIT', isDescending: false });
    expect(pressed(first, 'office')).toEqual({ by: 'office', isDescending: false });
  });
});

describe('offices that are still being counted', () => {
  test('are asked for soon again while there are fewer each time, and ever later while one stays', () => {
    const pauses: number[] = [];
    let pause = FIRST_PAUSE_MS;
    let before = 50;
    for (const after of [20, 5, 1, 1, 1, 1, 1, 1, 1]) {
      pause = nextPause(pause, { before, after });
      pauses.push(pause);
      before = after;
    }
    expect(pauses).toEqual([500, 500, 500, 1_000, 2_000, 4_000, 4_000, 4_000, LONGEST_PAUSE_MS]);
  });

  test('are asked for soon when one of several is there after a long time', () => {
    expect(nextPause(LONGEST_PAUSE_MS, { before: 2, after: 1 })).toBe(FIRST_PAUSE_MS);
  });
});
