import { expect, test } from 'vitest';
import { inDigitsOf } from '#client/i18n/digits.ts';
import { createTexts } from '#client/i18n/texts.ts';
import { loadTexts } from '../survey/respondent.ts';

test.each([
  ['th', '3 / 12'],
  ['en', '3 / 12'],
  ['zh', '3 / 12'],
  ['my', '၃ / ၁၂'],
] as const)('a place among the questions is written in %s as %s', (language, written) => {
  expect(inDigitsOf(language, '3 / 12')).toBe(written);
});

test('figures that are filled into a Burmese text are Burmese like those around them', async () => {
  const first = await loadTexts('my', null);
  const texts = createTexts({ language: 'my', texts: first, instrument: null }, loadTexts);
  const length = texts.t('notice.length', { questions: 13, minutes: 2 });
  expect(length).toContain('၁၃');
  expect(length).not.toMatch(/[0-9]/);
});
