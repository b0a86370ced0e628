import { describe, expect, it } from 'vitest';
import { inAppBrowserOf, inRealBrowser } from '#client/survey/in-app-browser.ts';
import { localDay } from '#client/survey/local-day.ts';
import { uuidFrom } from '#client/local/random-id.ts';
import { choicesOf, fullQuestion } from '#client/survey/words.ts';
import { createTexts } from '#client/i18n/texts.ts';
import { envelopeIdSchema } from '#core/contract/envelope.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { emptyDraft } from '#core/flow/draft.ts';
import { questionsOf, stepName } from '#core/flow/steps.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { loadTexts } from './respondent.ts';

describe('the window of another app', () => {
  const CHROME =
    'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';
  const IPHONE =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

  it.each([
    ['LINE', `${IPHONE} Mobile/15E148 Safari Line/13.16.0`],
    ['Facebook', `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0.0]`],
    ['Facebook', `${CHROME} [FB_IAB/FB4A;FBAV/440.0.0.0;]`],
    ['Instagram', `${IPHONE} Mobile/15E148 Instagram 310.0.0 (iPhone14,5; FBAN/x)`],
    ['WeChat', `${IPHONE} Mobile/15E148 MicroMessenger/8.0.42`],
    [null, CHROME],
    [null, `${IPHONE} Version/17.0 Mobile/15E148 Safari/604.1`],
    [null, 'Mozilla/5.0 (X11; Linux x86_64; rv:78.0) Gecko/20100101 Firefox/78.0'],
  ])('is told as %s', (app, userAgent) => {
    expect(inAppBrowserOf(userAgent)).toBe(app);
  });

  it('is left by an address that LINE hands to the browser', () => {
    expect(inRealBrowser('https://ita.example/s/AAAA?x=1')).toBe(
      'https://ita.example/s/AAAA?x=1&openExternalBrowser=1',
    );
  });
});

describe('the id of an envelope', () => {
  it.each([0, 0x5a, 0xff])('is a UUID v4 whatever the random bytes (%i)', (byte) => {
    const id = uuidFrom(new Uint8Array(16).fill(byte));
    expect(envelopeIdSchema.parse(id)).toBe(id);
  });

  it('keeps all the other 122 bits', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17);
    expect(uuidFrom(bytes)).toBe('00112233-4455-4677-8899-aabbccddeeff');
  });
});

describe('the day of finishing', () => {
  it('is the one on the device’s own calendar', () => {
    // The tests run seven hours behind UTC.
    expect(localDay(new Date('2025-07-01T06:59:00Z'))).toBe('2025-06-30');
    expect(localDay(new Date('2025-07-01T07:00:00Z'))).toBe('2025-07-01');
  });
});

describe.each(LANGUAGES)('the words of the questions in %s', (language) => {
  it.each(['iit-2567', 'eit-2567'] as const)('are there for all of %s', async (instrument) => {
    const channel = channelOf(instrument);
    const first = await loadTexts(language, instrument);
    const texts = createTexts({ language, texts: first, instrument }, loadTexts);
    const missing = questionsOf(channel).filter((question) =>
      [
        fullQuestion(texts.t, channel, emptyDraft(channel), question),
        ...choicesOf(texts, channel, question).map(({ label }) => label),
      ].some((words) => words === '' || /^(items|fields|scales)\./.test(words)),
    );
    expect(missing.map(stepName)).toEqual([]);
  });

  it('word E3 by the kind of service, six times differently', async () => {
    const first = await loadTexts(language, 'eit-2567');
    const texts = createTexts({ language, texts: first, instrument: 'eit-2567' }, loadTexts);
    const wordings = [1, 2, 3, 4, 5, 6].map((service) => {
      const channel = channelOf('eit-2567', { service });
      const e3 = questionsOf(channel).find((question) => stepName(question) === 'E3');
      if (!e3) throw new Error('E3 is not asked');
      return fullQuestion(texts.t, channel, emptyDraft(channel), e3);
    });
    expect(new Set(wordings).size).toBe(6);
  });
});

describe('changing the language', () => {
  it('leaves what is on show when the words cannot be fetched', async () => {
    const first = await loadTexts('th', null);
    const texts = createTexts({ language: 'th', texts: first, instrument: null }, () =>
      Promise.reject(new Error('no network')),
    );
    await expect(texts.switchTo('en')).rejects.toThrow('no network');
    expect(texts.language.value).toBe('th');
    expect(texts.t('notice.start')).toBe('เริ่มตอบ');
  });

  it('shows the language chosen last, whichever words come first', async () => {
    const first = await loadTexts('th', null);
    const late: (() => void)[] = [];
    const texts = createTexts(
      { language: 'th', texts: first, instrument: null },
      async (language) => {
        if (language === 'en') await new Promise<void>((resolve) => late.push(resolve));
        return loadTexts(language, null);
      },
    );
    const english = texts.switchTo('en');
    await texts.switchTo('zh');
    late.forEach((arrive) => arrive());
    await english;
    expect(texts.language.value).toBe('zh');
  });

  it('finds the words of a questionnaire that was opened while the language was on its way', async () => {
    const late: (() => void)[] = [];
    const texts = createTexts(
      { language: 'th', texts: await loadTexts('th', null), instrument: null },
      async (language, instrument) => {
        if (language === 'en' && instrument === null)
          await new Promise<void>((resolve) => late.push(resolve));
        return loadTexts(language, instrument);
      },
    );
    const english = texts.switchTo('en');
    await texts.useInstrument('eit-2567');
    late.forEach((arrive) => arrive());
    await english;
    expect(texts.language.value).toBe('en');
    expect(texts.t('eit-2567:title')).not.toBe('title');
  });

  it('never takes the words of one questionnaire for those of another', async () => {
    const late: (() => void)[] = [];
    const texts = createTexts(
      { language: 'th', texts: await loadTexts('th', 'iit-2567'), instrument: 'iit-2567' },
      async (language, instrument) => {
        if (instrument === 'iit-2567') await new Promise<void>((resolve) => late.push(resolve));
        return loadTexts(language, instrument);
      },
    );
    const english = texts.switchTo('en');
    await texts.useInstrument('eit-2567');
    late.forEach((arrive) => arrive());
    await english;
    expect(texts.t('eit-2567:items.E1.full')).not.toBe('items.E1.full');
    expect(texts.t('iit-2567:items.I1.full')).not.toBe('items.I1.full');
  });
});
