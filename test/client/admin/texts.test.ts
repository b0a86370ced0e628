import { expect, test, vi } from 'vitest';
import { loadTexts } from '#client/admin/texts.ts';

vi.mock('#locales/en/admin.json', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});
vi.mock('#locales/zh/instruments/eit-2567.json', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

test.each(['en', 'zh'] as const)(
  'words that do not come, of %s, are told as what cannot be reached, so that a page offers to try again',
  async (language) => {
    await expect(loadTexts(language)).rejects.toMatchObject({ code: 'unreachable' });
  },
);

test('the words of a language come by themselves', async () => {
  const texts = await loadTexts('th');
  expect(texts.t('app.name')).toBe('สุจริต');
  expect(texts.instrument('eit-2567')?.translation).toBe('official');
});
