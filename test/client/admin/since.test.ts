import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#core/contract/language.ts';
import { dayText, sinceOf, sinceText } from '#client/admin/deliveries/since.ts';
import { formatsFor } from '#client/admin/formats.ts';
import { loadTexts } from '#client/admin/texts.ts';

/** Half past two in the afternoon of 20 November 2025 in Thailand. */
const NOW = new Date('2025-11-20T07:30:00Z');

describe('since when something waits', () => {
  it.each([
    ['2025-11-20T07:00:00Z', 'last-hour'],
    ['2025-11-20T09:00:00Z', 'last-hour'], // a device's clock that is ahead
    ['2025-11-20T06:00:00Z', 'afternoon'],
    ['2025-11-20T05:00:00Z', 'afternoon'],
    ['2025-11-20T04:00:00Z', 'morning'],
    ['2025-11-19T22:00:00Z', 'morning'],
    ['2025-11-19T21:00:00Z', 'night'],
    ['2025-11-19T17:00:00Z', 'night'],
    ['2025-11-19T16:00:00Z', 'yesterday'],
    ['2025-11-18T17:00:00Z', 'yesterday'],
  ])('is said by the day in Thailand: %s is %s', (iso, kind) => {
    expect(sinceOf(iso, NOW)).toEqual({ kind });
  });

  it('is a day before yesterday', () => {
    expect(sinceOf('2025-11-18T16:00:00Z', NOW)).toEqual({ kind: 'day', day: '2025-11-18' });
  });

  it('is the evening late in the day', () => {
    const midnight = new Date('2025-11-20T16:59:00Z');
    expect(sinceOf('2025-11-20T11:00:00Z', midnight)).toEqual({ kind: 'evening' });
    expect(sinceOf('2025-11-20T10:00:00Z', midnight)).toEqual({ kind: 'afternoon' });
  });

  it.each([
    ['th', 'ตั้งแต่เช้านี้', 'ตั้งแต่เมื่อวาน', 'ตั้งแต่ 3 กุมภาพันธ์ 2568'],
    ['en', 'since this morning', 'since yesterday', 'since 3 February 2025'],
    ['zh', '从今天上午起', '从昨天起', '从2025年2月3日起'],
    ['my', 'ယနေ့မနက်ကတည်းက', 'မနေ့ကတည်းက', '၀၃/၀၂/၂၀၂၅ ကတည်းက'],
  ] as const)('is told in %s', async (language, morning, yesterday, day) => {
    const { t } = await loadTexts(language);
    const told = (iso: string) => sinceText(t, formatsFor(language), iso, NOW);
    expect([
      told('2025-11-20T01:00:00Z'),
      told('2025-11-19T01:00:00Z'),
      told('2025-02-03T01:00:00Z'),
    ]).toEqual([morning, yesterday, day]);
  });

  it('has words for every part of the day in every language', async () => {
    for (const language of LANGUAGES) {
      const { t } = await loadTexts(language);
      const told = Array.from({ length: 24 }, (_, hour) =>
        sinceText(
          t,
          formatsFor(language),
          new Date(Date.parse('2025-11-19T17:00:00Z') + hour * 3_600_000).toISOString(),
          new Date('2025-11-20T16:59:59Z'),
        ),
      );
      expect(new Set(told).size).toBe(5);
      expect(told.join()).not.toContain('since.');
    }
  });
});

describe('the day of a report', () => {
  it('is today, yesterday or a date', async () => {
    const { t } = await loadTexts('en');
    const told = (day: string) => dayText(t, formatsFor('en'), day, NOW);
    expect([told('2025-11-20'), told('2025-11-19'), told('2025-11-18')]).toEqual([
      'today',
      'yesterday',
      '18 November 2025',
    ]);
  });
});
