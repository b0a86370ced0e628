import { describe, expect, it } from 'vitest';
import { fiscalYearOf, hourInBangkok } from '#core/life/day.ts';

describe('the fiscal year of a day', () => {
  it.each([
    ['2026-09-30', 2569],
    ['2026-10-01', 2570],
    ['2026-12-31', 2570],
    ['2027-01-01', 2570],
    ['2027-09-30', 2570],
  ])('%s is in %i', (day, year) => {
    expect(fiscalYearOf(day)).toBe(year);
  });
});

it.each([
  ['2026-11-22T16:59:59Z', 23],
  ['2026-11-22T17:00:00Z', 0],
  ['2026-11-22T04:30:00Z', 11],
])('at %s it is the hour %i in Thailand', (moment, hour) => {
  expect(hourInBangkok(Date.parse(moment))).toBe(hour);
});
