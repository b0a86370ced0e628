import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { privacyPage } from '#client/privacy/privacy-page.ts';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { DEVICE_TABLES, STORED_TABLES } from '#core/privacy/stored.ts';
import { readTexts } from '#locales/texts.ts';
import { openDatabase } from '../local/new-store.ts';

const escaped = (text: string) => text.replaceAll('&', '&#38;').replaceAll("'", '&#39;');

const wordsIn = (language: Language) => (key: string) => {
  const text = readTexts(language).get('privacy.json')?.get(key);
  if (text === undefined) throw new Error(`no words for ${key} in ${language}`);
  return text;
};

test('it speaks of every table that the device has, and of no other', async () => {
  const { objectStoreNames } = await openDatabase().open();
  expect([...DEVICE_TABLES].toSorted()).toEqual([...objectStoreNames].toSorted());
});

describe.each(LANGUAGES)('the page about privacy in %s', (language) => {
  const t = wordsIn(language);
  const html = privacyPage(language, t, { style: '/a.css', script: '/b.js' });

  test('says what it is written in, and links the other languages', () => {
    expect(html).toContain(`<html lang="${language}">`);
    for (const other of LANGUAGES) expect(html).toContain(`href="/privacy/${other}.html"`);
  });

  test('explains every column that is about the people who answer', () => {
    const told = Object.values(STORED_TABLES).flatMap((table) =>
      table.about === 'respondents'
        ? table.columns.map((column) => t(`stored.${table.words}.columns.${column}`))
        : [],
    );
    expect(told.filter((text) => !html.includes(escaped(text)))).toEqual([]);
  });

  test('says who sees what in the words of the buttons and answers it speaks of', () => {
    const survey = readTexts(language).get('survey.json');
    expect(t('short.choose')).toContain(survey?.get('question.preferNotToSay'));
    expect(t('remains.shoulder')).toContain(survey?.get('hide.hide'));
  });

  test('has nothing that the content security policy forbids', () => {
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
  });
});

test('a column without words is noticed', () => {
  const thai = wordsIn('th');
  const t = (key: string) => {
    if (key.endsWith('columns.digest')) throw new Error(`no words for ${key}`);
    return thai(key);
  };
  expect(() => privacyPage('th', t, { style: '', script: '' })).toThrow('columns.digest');
});

test('the way back leads to paths of this server alone', () => {
  const script = readFileSync(join(import.meta.dirname, '../../../public/privacy-back.js'), 'utf8');
  const written = /if \(!(\/.+\/)\.test\(path\)\)/.exec(script)?.[1] ?? '';
  const isOurs = new RegExp(written.slice(1, -1));
  for (const path of ['/s/ABCDEFGH', '/kiosk']) expect(isOurs.test(path)).toBe(true);
  for (const path of [
    '',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/s/A?x',
    '/s/A//b',
  ])
    expect(isOurs.test(path)).toBe(false);
});
