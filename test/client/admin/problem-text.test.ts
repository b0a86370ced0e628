import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#core/contract/language.ts';
import { PROBLEM_STATUS, type ProblemCode } from '#core/contract/problem.ts';
import { ApiError } from '#client/admin/api-error.ts';
import { problemCodeText, problemText } from '#client/admin/problem-text.ts';
import { loadTexts } from '#client/admin/texts.ts';

const codes = Object.keys(PROBLEM_STATUS) as ProblemCode[];

describe.each(LANGUAGES)('the words for a problem in %s', (language) => {
  it('are there for every code and are not the code', async () => {
    const { t } = await loadTexts(language);
    for (const code of [...codes, 'unreachable', 'unreadable'] as const) {
      const words = problemText(t, new ApiError(code));
      expect(words).not.toContain(code);
      expect(words.length).toBeGreaterThan(5);
    }
  });

  it('name the full disk where the server names it', async () => {
    const { t } = await loadTexts(language);
    const told = problemText(t, new ApiError('storage-unavailable', 'disk-full'));
    expect(told).toBe(t('errors.diskFull'));
    expect(told).not.toBe(problemText(t, new ApiError('storage-unavailable')));
  });

  it('send nobody to the form where its shape is that of another build', async () => {
    const { t } = await loadTexts(language);
    const told = problemText(t, new ApiError('invalid-request', 'body'));
    expect(told).toBe(problemText(t, new ApiError('unreadable')));
    expect(told).not.toBe(problemText(t, new ApiError('invalid-request', 'fiscalYear')));
  });

  it('come from the one file of problems', async () => {
    const { t } = await loadTexts(language);
    const file = JSON.parse(readFileSync(`locales/${language}/office-problems.json`, 'utf8'));
    expect(problemText(t, new ApiError('name-taken'))).toBe(file['name-taken']);
  });

  it('are there for a code of another version', async () => {
    const { t } = await loadTexts(language);
    for (const code of ['paper-folded', 'constructor'])
      expect(problemCodeText(t, code)).toBe(t('errors.unknownReason'));
    expect(problemCodeText(t, 'item-missing')).toBe(t('problems:item-missing'));
  });
});
