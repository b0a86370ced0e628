import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { translate, type Words } from '#client/i18n/translate.ts';
import { LANGUAGES, type Language } from '#core/contract/language.ts';

const FILES = {
  survey: 'survey',
  problems: 'problems',
  'eit-2567': 'instruments/eit-2567',
  'iit-2567': 'instruments/iit-2567',
};

function readFiles(language: Language): Map<string, Words> {
  const read = (path: string): Words =>
    JSON.parse(
      readFileSync(new URL(`../../../locales/${language}/${path}.json`, import.meta.url), 'utf8'),
    );
  return new Map(Object.entries(FILES).map(([name, path]) => [name, read(path)]));
}

/** Every key that has words, with the values its text names. */
function textsOf(file: string, words: Words, path: string[] = []): { key: string; text: string }[] {
  return Object.entries(words).flatMap(([name, inner]) =>
    typeof inner === 'string'
      ? [{ key: `${file}:${[...path, name].join('.')}`, text: inner }]
      : textsOf(file, inner as Words, [...path, name]),
  );
}

const placesIn = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? []);

const COUNTS = [0, 1, 2, 5, 11, 21, 100, 1_000_000];

describe.each(LANGUAGES)('the words in %s', (language) => {
  const files = readFiles(language);
  const library = createInstance();
  void library.init({
    lng: language,
    defaultNS: 'survey',
    resources: { [language]: Object.fromEntries(files) },
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const texts = [...files].flatMap(([file, words]) => textsOf(file, words));

  it('are those that i18next makes of the same files, key by key and count by count', () => {
    for (const { key, text } of texts) {
      const values = Object.fromEntries(placesIn(text).map((name) => [name, `‹${name}›`]));
      expect(translate(files, language, key, values)).toBe(library.t(key, { ...values }));
      const asked = key.replace(/_(zero|one|two|few|many|other)$/, '');
      for (const count of asked === key ? [] : COUNTS)
        expect(translate(files, language, asked, { ...values, count })).toBe(
          library.t(asked, { ...values, count }),
        );
    }
    expect(texts.length).toBeGreaterThan(200);
  });

  it.each([
    ['nothing.of.the.kind'],
    ['problems:nothing'],
    ['no-file:nothing.here'],
    [['eit-2567:nothing', 'eit-2567:title']],
    [['nothing', 'problems:nothing.at.all']],
    ['finished.thanks.more'],
  ])('are what i18next says where some are missing: %s', (key) => {
    expect(translate(files, language, key)).toBe(library.t(key));
  });
});

it('puts values in as they are, also those that look like places or patterns', () => {
  const files = new Map([['survey', { said: '{{one}} and {{two}}', none: '[{{missing}}]' }]]);
  expect(translate(files, 'en', 'said', { one: '{{two}}', two: '$&' })).toBe('{{two}} and $&');
  expect(translate(files, 'en', 'none')).toBe('[]');
});
