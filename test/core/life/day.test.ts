import { describe, expect, it } from 'vitest';
import { fiscalYearOf } from '#core/life/day.ts';

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
