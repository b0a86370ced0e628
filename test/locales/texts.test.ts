import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#core/contract/language.ts';
import { PROBLEM_STATUS } from '#core/contract/problem.ts';
import { readTexts, withoutPlural } from '#locales/texts.ts';

const thai = readTexts('th');

const keysOf = (texts: ReadonlyMap<string, string> | undefined) =>
  [...new Set([...(texts?.keys() ?? [])].map(withoutPlural))].toSorted();

const placeholdersOf = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').toSorted();

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const texts = readTexts(language);

  it('are in the same files as the Thai ones', () => {
    expect([...texts.keys()]).toEqual([...thai.keys()]);
  });

  it.each([...thai.keys()])('have every key of %s and no other', (file) => {
    expect(keysOf(texts.get(file))).toEqual(keysOf(thai.get(file)));
  });

  it('are never empty and never start or end with a blank', () => {
    const careless = [...texts].flatMap(([file, entries]) =>
      [...entries]
        .filter(([, text]) => text === '' || text.trim() !== text)
        .map(([key]) => `${file} ${key}`),
    );
    expect(careless).toEqual([]);
  });

  it('fill in the same values as the Thai ones', () => {
    const different = [...texts].flatMap(([file, entries]) =>
      [...entries]
        .filter(([key, text]) => {
          const original =
            thai.get(file)?.get(key) ?? thai.get(file)?.get(`${withoutPlural(key)}_other`) ?? '';
          // "one" in English may leave the number out.
          const mine = placeholdersOf(text);
          const theirs = placeholdersOf(original);
          return key.endsWith('_one')
            ? mine.some((name) => !theirs.includes(name))
            : mine.join() !== theirs.join();
        })
        .map(([key]) => `${file} ${key}`),
    );
    expect(different).toEqual([]);
  });

  it('say what each language is called', () => {
    const keys = ['admin.json', 'report.json'].flatMap((file) =>
      keysOf(texts.get(file)).map((key) => `${file} ${key}`),
    );
    const typed = LANGUAGES.filter((code) => code !== 'th');
    const called = [
      ...LANGUAGES.flatMap((code) => [
        `admin.json languages.${code}`,
        `report.json languages.${code}`,
      ]),
      ...typed.map((code) => `admin.json names.${code}`),
    ];
    expect(keys).toEqual(expect.arrayContaining(called));
  });

  it('have words for every problem of the catalogue', () => {
    const worded = ['problems.json', 'office-problems.json'].flatMap((file) =>
      keysOf(texts.get(file)),
    );
    expect(worded).toEqual(expect.arrayContaining(Object.keys(PROBLEM_STATUS)));
  });
});

const SCRIPT = {
  th: /\p{Script=Thai}/u,
  en: /\p{Script=Latin}/u,
  zh: /\p{Script=Han}/u,
  my: /\p{Script=Myanmar}/u,
} as const;

describe.each(LANGUAGES)('what is written in %s', (language) => {
  it('is in its own script, names of languages, codes and figures aside', () => {
    const foreign = [...readTexts(language)].flatMap(([file, entries]) =>
      [...entries]
        .filter(([key, text]) => {
          if (/(^|\.)(languageNames|translation)(\.|$)/.test(key)) return false;
          const words = text.replace(/\{\{[^}]*\}\}|E-Service|\b[EIO]IT\b/g, '');
          return /\p{L}{2}/u.test(words) && !SCRIPT[language].test(words);
        })
        .map(([key, text]) => `${file} ${key}: ${text}`),
    );
    expect(foreign).toEqual([]);
  });

  it('has its figures in its own digits, which are Arabic but for Burmese', () => {
    const other = language === 'my' ? /[0-9]/ : /[๐-๙၀-၉]/u;
    const foreign = [...readTexts(language)].flatMap(([file, entries]) =>
      [...entries]
        .filter(([, text]) => other.test(text.replace(/\{\{[^}]*\}\}|A4|UTF-8/g, '')))
        .map(([key, text]) => `${file} ${key}: ${text}`),
    );
    expect(foreign).toEqual([]);
  });
});
