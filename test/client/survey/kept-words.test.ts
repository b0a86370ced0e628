import { expect, test, vi } from 'vitest';
import type { LoadTexts } from '#client/i18n/texts.ts';
import { createKeptWords } from '#client/survey/kept-words.ts';
import { MemoryCaches } from '../../worker/worker-scope.ts';
import { PATIENCE } from '../../support/patience.ts';

const EIT = 'eit-2567';
const BUILD = 'https://survey.test/assets/survey-1.js';

const textsOf = (language: string) => ({
  survey: { title: language },
  problems: {},
  instrument: { of: language },
});

const online: LoadTexts = async (language) => textsOf(language);
const offline: LoadTexts = async () => Promise.reject(new TypeError('no network'));

const wordsOn = (storage: MemoryCaches | undefined, load: LoadTexts, build = BUILD) =>
  createKeptWords(load, storage?.asStorage(), build);

test('the words that a page brought are there without network, and no others', async () => {
  const storage = new MemoryCaches();
  await wordsOn(storage, online).keep('zh', EIT, textsOf('zh'));
  const words = wordsOn(storage, offline);
  expect(await words.load('zh', EIT)).toEqual(textsOf('zh'));
  expect(await words.load('zh', null)).toMatchObject({ survey: { title: 'zh' } });
  await expect(words.load('th', EIT)).rejects.toThrow('no network');
  await expect(words.load('zh', 'iit-2567')).rejects.toThrow('no network');
  expect(await words.loadFirst('th')).toMatchObject({ language: 'zh' });
});

test('a language that was chosen is kept', async () => {
  const storage = new MemoryCaches();
  await wordsOn(storage, online).load('my', EIT);
  await vi.waitFor(
    async () => expect(await wordsOn(storage, offline).load('my', EIT)).toEqual(textsOf('my')),
    PATIENCE,
  );
});

test('words of another build are not taken, and go when there are newer ones', async () => {
  const storage = new MemoryCaches();
  await wordsOn(storage, online).keep('th', EIT, textsOf('th'));
  const next = 'https://survey.test/assets/survey-2.js';
  await expect(wordsOn(storage, offline, next).load('th', EIT)).rejects.toThrow('no network');
  await wordsOn(storage, online, next).keep('th', EIT, textsOf('th'));
  const paths = await storage.paths('words-v1');
  expect(paths).toHaveLength(2);
  for (const path of paths) expect(path).toContain('survey-2');
});

test('where nothing can be kept, words are fetched each time', async () => {
  const full = new MemoryCaches();
  full.isFull = true;
  for (const storage of [undefined, full]) {
    const words = wordsOn(storage, online);
    await words.keep('th', EIT, textsOf('th'));
    expect(await words.load('th', EIT)).toEqual(textsOf('th'));
    expect(await words.loadFirst('my')).toMatchObject({ language: 'my' });
    await expect(wordsOn(storage, offline).loadFirst('th')).rejects.toThrow('no words');
  }
});
