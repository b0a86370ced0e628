import { describe, expect, it } from 'vitest';
import { DRAFT_LIFETIME_MS } from '#client/survey/draft-store.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { answerAll, answerRest, createRespondent, FakeStorage } from './respondent.ts';

const FIRST = channelOf('eit-2567');
const OTHER = channelOf('eit-2567', { code: makeChannelCode(() => 5), department: 6 });

/** A page of the channel in the tab with that storage, as far as it comes by itself. */
async function opened(channel: typeof FIRST, storage: FakeStorage, passedMs = 0) {
  const respondent = await createRespondent(storage);
  respondent.clock.now += passedMs;
  await respondent.survey.open({ state: 'found', channel });
  return respondent;
}

/** Somebody has answered two questions of the first channel. */
async function begun(storage: FakeStorage) {
  const respondent = await opened(FIRST, storage);
  respondent.survey.next();
  respondent.tap(3);
  respondent.tap(6);
  return respondent;
}

describe('another poster in the same tab', () => {
  it('takes nothing from what was begun, also where the other one is answered and sent', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const other = await opened(OTHER, storage);
    expect(other.place()).toBe('notice');
    answerAll(other);
    await other.survey.send();
    expect(other.place()).toBe('finished');

    const back = await opened(FIRST, storage);
    expect(back.place()).toBe('resume');
    back.survey.resume();
    expect(back.place()).toBe('E2');
    expect(back.survey.screen.value).toMatchObject({
      answering: { draft: { answers: { E1: 6 }, respondent: { service: 3 } } },
    });
  });

  it('begins what is begun anew there with it alone', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    (await opened(OTHER, storage)).survey.next();
    const back = await opened(FIRST, storage);
    back.survey.startAnew();
    expect(back.place()).toBe('notice');
    expect((await opened(OTHER, storage)).place()).toBe('notice');
    expect(storage.length).toBe(0);
  });

  it('takes nothing that Send was pressed for in vain', async () => {
    const storage = new FakeStorage();
    const first = await opened(FIRST, storage);
    answerAll(first);
    first.outbox.failures = 1;
    await first.survey.send();
    const other = await opened(OTHER, storage, 10 * DRAFT_LIFETIME_MS);
    answerAll(other);
    await other.survey.send();
    other.survey.startAnew();
    expect((await opened(FIRST, storage, 10 * DRAFT_LIFETIME_MS)).place()).toBe('finished');
    expect(storage.length).toBe(0);
  });

  it('leaves nothing of the first one to whoever is next on the device', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const other = await opened(OTHER, storage);
    answerAll(other);
    await other.survey.send();
    other.survey.startAnew();
    expect(storage.length).toBe(0);
  });

  it('wipes what was begun when nobody touched that for half an hour', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const other = await opened(OTHER, storage);
    other.clock.now += DRAFT_LIFETIME_MS - 1;
    other.survey.forgetAbandoned();
    expect(storage.length).toBe(1);
    other.survey.next();
    other.tap(2);
    other.clock.now += 1;
    other.survey.forgetAbandoned();
    expect(other.place()).toBe('E1');
    expect(storage.length).toBe(1);
    expect((await opened(FIRST, storage)).place()).toBe('notice');
  });
});

/** What a page of an earlier build leaves, which had one draft for all channels. */
function asBefore(storage: FakeStorage) {
  const key = storage.key(0) ?? '';
  storage.setItem('sucharit:draft', storage.getItem(key) ?? '');
  storage.removeItem(key);
}

describe('what a page of an earlier build saved', () => {
  it('is gone on with, also where another poster was opened before', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    asBefore(storage);
    await opened(OTHER, storage);
    const later = await opened(FIRST, storage);
    later.survey.resume();
    expect(later.place()).toBe('E2');
    answerRest(later);
    await later.survey.send();
    expect(later.place()).toBe('finished');
    expect(storage.length).toBe(0);
  });

  it('is sent where Send was pressed for it in vain', async () => {
    const storage = new FakeStorage();
    const first = await opened(FIRST, storage);
    answerAll(first);
    first.outbox.failures = 1;
    await first.survey.send();
    asBefore(storage);
    const later = await opened(FIRST, storage, 10 * DRAFT_LIFETIME_MS);
    expect(later.place()).toBe('finished');
    expect(storage.length).toBe(0);
  });

  it('belongs to nobody after half an hour', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    asBefore(storage);
    expect((await opened(FIRST, storage, DRAFT_LIFETIME_MS)).place()).toBe('notice');
    expect(storage.length).toBe(0);
  });
});
