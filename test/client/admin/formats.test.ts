import { describe, expect, it } from 'vitest';
import { formatsFor } from '#client/admin/formats.ts';

describe('figures and days', () => {
  it('are written in Thai with Arabic digits and years of the Buddhist era', () => {
    const thai = formatsFor('th');
    expect(thai.day('2025-02-03')).toBe('3 กุมภาพันธ์ 2568');
    expect(thai.count(1344)).toBe('1,344');
    expect(thai.score('98.13')).toBe('98.13');
  });

  it('are written in English with years of the common era', () => {
    const english = formatsFor('en');
    expect(english.day('2025-02-03')).toBe('3 February 2025');
    expect(english.commonYear(2568)).toBe('2025');
    expect(english.year(2568)).toBe('2568');
  });

  it('are written in Burmese with Burmese digits, days without names of months', () => {
    const burmese = formatsFor('my');
    expect(burmese.score('98.13')).toBe('၉၈.၁၃');
    expect(burmese.day('2025-02-03')).toBe('၀၃/၀၂/၂၀၂၅');
    expect(burmese.code('9.1')).toBe('၉.၁');
  });

  it('keep two decimals of a score and one of a share', () => {
    const english = formatsFor('en');
    expect(english.score('100.00')).toBe('100.00');
    expect(english.score(null)).toBe('–');
    expect(english.percent(1, 3)).toBe('33.3%');
    expect(english.percent(0, 0)).toBe('0.0%');
  });
});
