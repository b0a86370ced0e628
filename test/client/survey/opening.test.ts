import { describe, expect, it, vi } from 'vitest';
import type { ChannelFound } from '#client/survey/channel-found.ts';
import { closedWords } from '#client/survey/closed-words.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Language } from '#core/contract/language.ts';
import { makeChannelCode, formatChannelCode } from '#core/contract/channel-code.ts';
import { channelOf } from '../../core/flow/channels.ts';
import type { LoadTexts } from '#client/i18n/texts.ts';
import { answerAll, createRespondent, FakeStorage, loadTexts } from './respondent.ts';
import { PATIENCE } from '../../support/patience.ts';

const CODE = makeChannelCode(() => 3);
const UNKNOWN = makeChannelCode(() => 5);

const withoutInstruments: LoadTexts = async (language, instrument) =>
  instrument === null
    ? loadTexts(language, null)
    : Promise.reject(new Error('the words could not be fetched'));

async function typing(typed: string) {
  const respondent = await createRespondent();
  respondent.channels.set(CODE, { state: 'found', channel: channelOf('eit-2567') });
  respondent.channels.set(UNKNOWN, {
    state: 'problem',
    code: UNKNOWN,
    problem: 'channel-unknown',
  });
  respondent.survey.askCode();
  respondent.survey.typeCode(typed);
  await respondent.survey.submitCode();
  return respondent;
}

describe('typing a code', () => {
  it.each([CODE, formatChannelCode(CODE).toLowerCase(), `${CODE.slice(0, 4)}-${CODE.slice(4)}`])(
    'opens the survey for %j and puts its address into the page',
    async (typed) => {
      const { place, history, remembered } = await typing(typed);
      expect(place()).toBe('notice');
      expect(history.address).toBe(`/s/${CODE}`);
      expect([...remembered.keys()]).toEqual([channelOf('eit-2567').code]);
    },
  );

  it.each([
    ['nothing', '  ', 'empty'],
    ['a slip of the finger', `${CODE.slice(0, 6)}${CODE.slice(7)}X`, 'mistyped'],
    ['a code that is not in use', UNKNOWN, { problem: 'channel-unknown' }],
    ['a code that cannot be asked for', makeChannelCode(() => 7), 'unreachable'],
  ])('tells %s at the field and keeps what was typed', async (_, typed, trouble) => {
    const { survey } = await typing(typed);
    expect(survey.screen.value).toEqual({ kind: 'enter-code', typed, trouble, isAsking: false });
  });

  it.each(['typed', 'scanned'])(
    'leads to the question for a code of one’s own, from which Back is known where it was %s',
    async (way) => {
      const { survey, channels } = await createRespondent();
      const channel = channelOf('iit-2567', { admission: 'code' });
      channels.set(CODE, { state: 'found', channel });
      if (way === 'typed') {
        survey.askCode();
        survey.typeCode(CODE);
        await survey.submitCode();
      } else await survey.openCode(CODE);
      const before = way === 'typed' ? 'enter-code' : 'loading';
      expect(survey.screen.value).toEqual({ kind: 'own-code', channel, typed: '', before });
    },
  );

  it('takes the complaint back as soon as somebody types on', async () => {
    const { survey } = await typing('K');
    survey.typeCode('KA');
    expect(survey.screen.value).toMatchObject({ typed: 'KA', trouble: null });
  });
});

/** Somebody typed the code and pressed Open, and the answer has not come yet. */
async function asking(loadWords = loadTexts) {
  const respondent = await createRespondent(new FakeStorage(), loadWords);
  respondent.channels.set(CODE, { state: 'found', channel: channelOf('eit-2567') });
  respondent.survey.askCode();
  respondent.survey.typeCode(CODE);
  return { ...respondent, asked: respondent.survey.submitCode() };
}

describe('a code that is being asked for', () => {
  it('opens nothing and clears nothing once somebody typed on', async () => {
    const { survey, asked } = await asking();
    survey.typeCode(`${CODE}4`);
    const typedOn = survey.screen.value;
    await asked;
    expect(survey.screen.value).toBe(typedOn);
  });

  it('is as good as unreachable where the words of its questionnaire are', async () => {
    const { survey, asked } = await asking(withoutInstruments);
    await asked;
    expect(survey.screen.value).toMatchObject({
      kind: 'enter-code',
      typed: CODE,
      trouble: 'unreachable',
      isAsking: false,
    });
  });
});

describe('opening an address', () => {
  it('tells a mistyped one without asking anybody', async () => {
    const { survey } = await createRespondent();
    await survey.openCode('HELLO');
    expect(survey.screen.value).toMatchObject({ kind: 'problem', problem: 'channel-mistyped' });
  });

  it.each([formatChannelCode(CODE), CODE.toLowerCase()])(
    'opens the survey of %j as the server would',
    async (written) => {
      const { survey, channels, place } = await createRespondent();
      channels.set(CODE, { state: 'found', channel: channelOf('eit-2567') });
      await survey.openCode(written);
      expect(place()).toBe('notice');
    },
  );

  it('says that a network is needed where the words of the questionnaire cannot be fetched', async () => {
    const { survey, place } = await createRespondent(new FakeStorage(), withoutInstruments);
    await survey.open({ state: 'found', channel: channelOf('eit-2567') });
    expect(place()).toBe('unreachable');
  });

  it('says that a network is needed where the device the device does not know the channel', async () => {
    const { survey, place } = await createRespondent();
    await survey.openCode(CODE);
    expect(place()).toBe('unreachable');
  });

  it('shows a closed channel as closed', async () => {
    const { survey, place } = await createRespondent();
    await survey.open({ state: 'found', channel: channelOf('eit-2567', { state: 'closed' }) });
    expect(place()).toBe('closed');
  });
});

const OPEN = channelOf('eit-2567');
const CLOSED = channelOf('eit-2567', { state: 'closed' });

/** A person who has answered some of it when it is closed. */
async function inTheMiddle(storage: Storage) {
  const respondent = await createRespondent(storage);
  await respondent.survey.open({ state: 'found', channel: OPEN });
  respondent.survey.next();
  respondent.tap(1);
  respondent.channels.set(OPEN.code, { state: 'found', channel: CLOSED });
  return respondent;
}

describe('a channel that the office closed meanwhile', () => {
  it('still takes what was begun before, also after the page was opened anew', async () => {
    const storage = new FakeStorage();
    const begun = await inTheMiddle(storage);
    const again = await createRespondent(storage);
    await again.survey.open({ state: 'found', channel: CLOSED });
    expect(again.place()).toBe('resume');
    again.survey.resume();
    expect(again.place()).toBe(begun.place());
  });

  it('lets nobody begin anew with it', async () => {
    const storage = new FakeStorage();
    await inTheMiddle(storage);
    const again = await createRespondent(storage);
    await again.survey.open({ state: 'found', channel: CLOSED });
    again.survey.startAnew();
    expect(again.place()).toBe('closed');
    expect(storage.length).toBe(0);
  });

  it('is closed for the next person at the same device', async () => {
    const respondent = await createRespondent();
    await respondent.survey.open({ state: 'found', channel: OPEN });
    answerAll(respondent);
    await respondent.survey.send();
    respondent.channels.set(OPEN.code, { state: 'found', channel: CLOSED });
    respondent.survey.startAnew();
    expect(respondent.place()).toBe('notice');
    await vi.waitFor(() => expect(respondent.place()).toBe('closed'), PATIENCE);
  });

  it('is noticed by whoever starts on a page that has been waiting for long', async () => {
    const respondent = await createRespondent();
    await respondent.survey.open({ state: 'found', channel: OPEN });
    respondent.channels.set(OPEN.code, { state: 'found', channel: CLOSED });
    respondent.clock.now += 11 * 60 * 1000;
    respondent.survey.next();
    await vi.waitFor(() => expect(respondent.place()).toBe('closed'), PATIENCE);
  });

  it('goes on under whoever has answered, however long that takes', async () => {
    const respondent = await inTheMiddle(new FakeStorage());
    const before = respondent.place();
    respondent.clock.now += 20 * 60 * 1000;
    respondent.tap(1);
    expect(respondent.place()).not.toBe(before);
    expect(respondent.place()).not.toBe('closed');
  });
});

const words = async (own: Partial<Channel>, language: Language = 'th') => {
  const { texts } = await createRespondent();
  await texts.switchTo(language);
  return closedWords(texts, channelOf('eit-2567', { state: 'closed', ...own }));
};

describe('what a visitor reads of a channel that takes no answers', () => {
  it.each<[Language, string]>([
    ['th', '6 มกราคม 2568'],
    ['en', '6 January 2025'],
    ['zh', '2025年1月6日'],
    ['my', '၀၆/၀၁/၂၀၂၅'],
  ])('is in %s the day on which it opens', async (language, day) => {
    const { text } = await words({ upcoming: { opensOn: '2025-01-06' } }, language);
    expect(text).toContain(day);
  });

  it('is that it is not open yet where no day is set, and that it is over where it is', async () => {
    const [later, over] = [await words({ upcoming: { opensOn: null } }), await words({})];
    expect(later.heading).not.toBe(over.heading);
    expect(later.text).not.toContain('null');
    expect(over.text).not.toBe('');
  });
});

describe('a channel that the device knows from an earlier visit', () => {
  const kept = channelOf('eit-2567');

  /** Opens the kept channel while the server answers what is given, or nothing. */
  async function revisit(now?: ChannelFound) {
    const respondent = await createRespondent();
    respondent.remembered.set(kept.code, kept);
    if (now) respondent.channels.set(kept.code, now);
    await respondent.survey.openCode(kept.code);
    return respondent;
  }

  it('opens without network', async () => {
    const { place } = await revisit();
    expect(place()).toBe('notice');
  });

  it('opens by its typed code without network, too', async () => {
    const respondent = await createRespondent();
    respondent.remembered.set(kept.code, kept);
    respondent.survey.askCode();
    respondent.survey.typeCode(kept.code);
    await respondent.survey.submitCode();
    expect(respondent.place()).toBe('notice');
  });

  it('is shown as closed as soon as the server says so, and kept as closed', async () => {
    const closed = { ...kept, state: 'closed' as const };
    const { place, remembered } = await revisit({ state: 'found', channel: closed });
    expect(place()).toBe('closed');
    expect(remembered.get(kept.code)).toEqual(closed);
  });

  it('opens again when it was closed before', async () => {
    const respondent = await createRespondent();
    respondent.remembered.set(kept.code, { ...kept, state: 'closed' });
    respondent.channels.set(kept.code, { state: 'found', channel: kept });
    await respondent.survey.openCode(kept.code);
    expect(respondent.place()).toBe('notice');
  });

  it('is told to be unknown when the server no longer knows it', async () => {
    const { place } = await revisit({
      state: 'problem',
      code: kept.code,
      problem: 'channel-unknown',
    });
    expect(place()).toBe('problem');
  });

  it('stays as it is under a person who has begun to answer, and is new on the next visit', async () => {
    const respondent = await createRespondent();
    respondent.remembered.set(kept.code, kept);
    const changed = { ...kept, service: 2 };
    const { promise, resolve } = Promise.withResolvers<ChannelFound>();
    respondent.answerLater(kept.code, promise);
    const opening = respondent.survey.openCode(kept.code);
    await vi.waitFor(() => expect(respondent.place()).toBe('notice'), PATIENCE);
    respondent.survey.next();
    respondent.tap(3);
    resolve({ state: 'found', channel: changed });
    await opening;
    expect(respondent.place()).toBe('E1');
    expect(respondent.remembered.get(kept.code)).toEqual(changed);
  });
});

describe('a page that is not on the device', () => {
  it.each([
    ['/s/ABCDEFGH', '/s/ABCDEFGH'],
    ['', '/'],
    ['//elsewhere.test', '/'],
    ['javascript:alert(1)', '/'],
  ])('says so, and leads back to this server alone: from "%s"', async (path, leadsTo) => {
    const { survey } = await createRespondent();
    survey.showNotHere(path);
    expect(survey.screen.value).toEqual({ kind: 'not-here', path: leadsTo });
  });
});
