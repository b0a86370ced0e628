import { describe, expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { FakeStorage } from '../survey/respondent.ts';
import { createTablet, enrolledTablet, PIN, settingsFor } from './tablet.ts';

const EIT = channelOf('eit-2567');
const SECOND = channelOf('eit-2567', { code: 'K7RM3XAE', department: 2 });
const CLOSED = channelOf('eit-2567', { code: '2222222C', state: 'closed' });

/** Until everything that needs no time is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const refused = (code: 'kiosk-unknown' | 'kiosk-link-used') =>
  ({ kind: 'refused', problem: problemOf(code).code }) as const;

describe('enrolment', () => {
  test('happens by a link, and a reboot without network finds everything on the tablet', async () => {
    const { kiosk, office, storage, kept } = await enrolledTablet([EIT, SECOND]);
    expect(office.asked).toEqual(['enrol the-link token-1']);
    expect(kiosk.screen.value.kind).toBe('start');
    const later = await createTablet(storage, kept);
    await later.kiosk.open(null);
    expect(later.kiosk.screen.value.kind).toBe('start');
    expect(later.kiosk.channels.value).toEqual([EIT, SECOND]);
    expect(later.office.asked).toEqual(['contact token-1']);
  });

  test('waits for the network, and a reload in between loses nothing', async () => {
    const tablet = await createTablet();
    await tablet.kiosk.open('the-link');
    expect(tablet.kiosk.screen.value).toEqual({ kind: 'enrolling', trouble: 'unreachable' });
    const later = await createTablet(tablet.storage);
    later.office.channels.set(EIT.code, EIT);
    later.office.reply = { kind: 'settings', settings: await settingsFor([EIT]), serverTime: null };
    await later.kiosk.open(null);
    expect(later.office.asked).toEqual(['enrol the-link token-1']);
    expect(later.kiosk.screen.value.kind).toBe('start');
  });

  test('by a link that was used says so, and takes nothing from a tablet that is enrolled', async () => {
    const other = await createTablet();
    other.office.reply = refused('kiosk-link-used');
    await other.kiosk.open('the-link');
    expect(other.kiosk.screen.value).toEqual({ kind: 'enrolling', trouble: 'link-used' });

    const { storage, kept } = await enrolledTablet([EIT]);
    const again = await createTablet(storage, kept);
    again.office.reply = refused('kiosk-link-used');
    await again.kiosk.open('the-link');
    expect(again.office.asked).toEqual(['enrol the-link token-1', 'contact token-1']);
  });

  test('spends no link on a browser that keeps nothing, and says so', async () => {
    const full = new FakeStorage();
    full.setItem = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    for (const storage of [null, full]) {
      const { kiosk, office, pass } = await createTablet(storage);
      await kiosk.open('the-link');
      pass(600);
      await settled();
      expect(office.asked).toEqual([]);
      expect(kiosk.screen.value).toEqual({ kind: 'enrolling', trouble: 'forgets' });
    }
  });

  test('is nothing a page without a link knows of', async () => {
    const { kiosk } = await createTablet();
    await kiosk.open(null);
    expect(kiosk.screen.value.kind).toBe('not-enrolled');
  });
});

describe('what the server tells', () => {
  test('reaches the tablet when it next asks', async () => {
    const { kiosk, office } = await enrolledTablet([EIT]);
    office.channels.set(SECOND.code, SECOND);
    const settings = await settingsFor([EIT, SECOND], { name: 'ชั้น 2' });
    office.reply = { kind: 'settings', settings, serverTime: null };
    await kiosk.reach();
    expect(kiosk.settings.value?.name).toBe('ชั้น 2');
    expect(kiosk.channels.value).toEqual([EIT, SECOND]);
  });

  test('is asked for every ten minutes, and sooner after a failure', async () => {
    const { pass, office } = await enrolledTablet([EIT]);
    pass(599);
    expect(office.asked).toHaveLength(1);
    office.reply = null;
    pass(1);
    expect(office.asked).toHaveLength(2);
    await settled();
    pass(29);
    expect(office.asked).toHaveLength(2);
    pass(1);
    expect(office.asked).toHaveLength(3);
  });

  test('that it is unknown ends it once nobody is at it, for good', async () => {
    const { kiosk, office, storage, kept, answerAll, survey } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    office.reply = refused('kiosk-unknown');
    await kiosk.reach();
    // Whoever is at it finishes.
    answerAll();
    await survey().send();
    expect(survey().screen.value.kind).toBe('finished');
    kiosk.end();
    expect(kiosk.screen.value.kind).toBe('revoked');
    const later = await createTablet(storage, kept);
    await later.kiosk.open(null);
    expect(later.kiosk.screen.value.kind).toBe('revoked');
    await later.kiosk.begin('th');
    expect(later.kiosk.screen.value.kind).toBe('revoked');
  });

  test('is not believed of whatever else answers, such as a captive portal', async () => {
    const { kiosk, office } = await enrolledTablet([EIT]);
    office.reply = null;
    await kiosk.reach();
    expect(kiosk.screen.value.kind).toBe('start');
  });
});

describe('a turn', () => {
  test('begins at once where there is one counter, and with a choice where there are several', async () => {
    const one = await enrolledTablet([EIT, CLOSED]);
    await one.kiosk.begin('my');
    expect(one.place()).toBe('answering');
    expect(one.texts.language.value).toBe('my');
    const several = await enrolledTablet([EIT, SECOND]);
    await several.kiosk.begin('zh');
    expect(several.place()).toBe('counters');
    await several.kiosk.chooseCounter(SECOND);
    expect(several.place()).toBe('answering');
  });

  test('ends with Done, and by itself a quarter of a minute after the thanks', async () => {
    const { kiosk, answerAll, survey, pass, place, outbox, texts, wipes } = await enrolledTablet([
      EIT,
    ]);
    await kiosk.begin('en');
    answerAll();
    kiosk.tick();
    expect(kiosk.secondsLeft()).toBe(45);
    await survey().send();
    expect(kiosk.secondsLeft()).toBe(15);
    pass(14);
    expect(place()).toBe('finished');
    pass(1);
    expect(place()).toBe('start');
    expect(outbox.kept).toHaveLength(1);
    await settled();
    expect(texts.language.value).toBe('th');
    expect(wipes.count).toBe(1);
  });

  test('that is left is asked about, and wiped unsent', async () => {
    const { kiosk, answerAll, pass, place, outbox, wipes } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    answerAll();
    pass(45);
    expect(kiosk.presence.value.kind).toBe('asking');
    expect(kiosk.secondsLeft()).toBe(20);
    pass(19);
    expect([place(), kiosk.secondsLeft()]).toEqual(['answering', 1]);
    pass(1);
    expect(place()).toBe('start');
    expect([outbox.kept.length, wipes.count]).toEqual([0, 1]);
  });

  test('goes on where somebody says that they are there, as often as they like', async () => {
    const { kiosk, answerAll, pass, place } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    answerAll();
    for (let time = 0; time < 12; time += 1) {
      pass(60);
      expect(kiosk.presence.value.kind).toBe('asking');
      kiosk.touch();
      expect(kiosk.presence.value.kind).toBe('asking');
      kiosk.stay();
      expect(kiosk.presence.value.kind).toBe('active');
    }
    expect(place()).toBe('answering');
  });

  test('is not asked about while it is touched, nor wiped while it is being kept', async () => {
    const { kiosk, answerAll, pass, survey, outbox } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    answerAll();
    for (let time = 0; time < 10; time += 1) {
      pass(40);
      kiosk.touch();
    }
    expect(kiosk.presence.value.kind).toBe('active');
    const sending = survey().send();
    pass(300);
    kiosk.end();
    await sending;
    expect(survey().screen.value.kind).toBe('finished');
    expect(outbox.kept).toHaveLength(1);
  });

  test('begins with nothing of the last one', async () => {
    const { kiosk, answerAll, survey } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    answerAll();
    const before = survey();
    kiosk.end();
    await kiosk.begin('th');
    expect(survey()).not.toBe(before);
    const { value } = survey().screen;
    expect(value.kind === 'answering' && value.answering.draft.answers).toEqual({});
    kiosk.back();
    expect(kiosk.screen.value.kind).toBe('start');
  });

  test('goes back from its first screen to the choice where there are several counters', async () => {
    const staff = channelOf('iit-2567', { code: 'K7RM3XAE', admission: 'code' });
    const { kiosk, place, texts } = await enrolledTablet([EIT, staff]);
    await kiosk.begin('my');
    for (const [channel, first] of [
      [EIT, 'answering'],
      [staff, 'own-code'],
    ] as const) {
      await kiosk.chooseCounter(channel);
      expect(place()).toBe(first);
      kiosk.back();
      expect(place()).toBe('counters');
    }
    expect(texts.language.value).toBe('my');
    kiosk.back();
    expect(place()).toBe('start');
  });

  test('goes back step by step, and from the notice to the start', async () => {
    const { kiosk, survey, place } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    survey().next();
    kiosk.back();
    const { value } = survey().screen;
    expect(value.kind === 'answering' && value.answering.step.kind).toBe('notice');
    kiosk.back();
    expect(place()).toBe('start');
  });

  test('is not begun where no counter is open', async () => {
    const { kiosk } = await enrolledTablet([CLOSED]);
    await kiosk.begin('th');
    expect(kiosk.screen.value.kind).toBe('start');
  });
});

describe('staff', () => {
  test('see the status by the PIN, which is forgotten when they walk away', async () => {
    const { kiosk, pass } = await enrolledTablet([EIT]);
    kiosk.askPin();
    expect(await kiosk.tryPin('123321')).toBe(false);
    expect(kiosk.screen.value.kind).toBe('pin');
    expect(await kiosk.tryPin(PIN)).toBe(true);
    expect(kiosk.screen.value.kind).toBe('status');
    pass(60);
    expect(kiosk.screen.value.kind).toBe('start');
  });

  test('who guess wait, also after a reboot and without network', async () => {
    const { kiosk, storage, kept } = await enrolledTablet([EIT]);
    kiosk.askPin();
    for (const pin of ['111222', '111223', '111224']) await kiosk.tryPin(pin);
    expect(kiosk.pinWait.value).toBe(30_000);
    expect(await kiosk.tryPin(PIN)).toBe(false);
    const later = await createTablet(storage, kept);
    await later.kiosk.open(null);
    later.kiosk.askPin();
    expect(await later.kiosk.tryPin(PIN)).toBe(false);
    later.pass(30);
    expect(await later.kiosk.tryPin(PIN)).toBe(true);
    expect(later.kiosk.pinWait.value).toBe(0);
  });

  test('cannot open it in the middle of somebody’s answers', async () => {
    const { kiosk, place } = await enrolledTablet([EIT]);
    await kiosk.begin('th');
    kiosk.askPin();
    expect(place()).toBe('answering');
  });
});
