import { describe, expect, it, vi } from 'vitest';
import { DRAFT_LIFETIME_MS } from '#client/survey/draft-store.ts';
import { problemOf } from '#core/contract/problem.ts';
import { responseSchema } from '#core/contract/response.ts';
import { questionsOf, stepName, stepsOf } from '#core/flow/steps.ts';
import { channelOf } from '../../core/flow/channels.ts';
import {
  answerAll,
  answerRest,
  createRespondent,
  FakeStorage,
  type Respondent,
} from './respondent.ts';

const found = (channel = channelOf('eit-2567')) => ({ state: 'found', channel }) as const;

async function opened(
  channel = channelOf('eit-2567'),
  storage = new FakeStorage(),
  prepare: (respondent: Respondent) => void = () => undefined,
) {
  const respondent = await createRespondent(storage);
  prepare(respondent);
  await respondent.survey.open(found(channel));
  return respondent;
}

function questionOf(channel: ReturnType<typeof channelOf>, name: string) {
  const question = questionsOf(channel).find((each) => stepName(each) === name);
  if (!question) throw new Error(`${name} is not asked`);
  return question;
}

describe('answering', () => {
  it('begins with the notice and ends with the review', async () => {
    const respondent = await opened();
    expect(respondent.place()).toBe('notice');
    answerAll(respondent);
    expect(respondent.place()).toBe('review');
  });

  it('stays at a question until something is chosen', async () => {
    const { survey, place } = await opened();
    survey.next();
    survey.next();
    expect(place()).toBe('service');
  });

  it('goes back one question by the button and by the browser, and keeps the answers', async () => {
    const respondent = await opened();
    respondent.survey.next();
    respondent.tap(3);
    respondent.tap(6);
    respondent.survey.back();
    expect(respondent.place()).toBe('E1');
    respondent.history.back(1);
    expect(respondent.place()).toBe('service');
    respondent.survey.next();
    respondent.survey.next();
    expect(respondent.place()).toBe('E2');
  });

  it('writes no answer into the history or the address', async () => {
    const respondent = await opened();
    answerAll(respondent, 2);
    const fields = new Set(respondent.history.entries.flatMap((entry) => Object.keys(entry)));
    expect([...fields].toSorted()).toEqual(['depth', 'reviewDepth', 'step']);
    const steps = new Set(stepsOf(channelOf('eit-2567')).map(stepName));
    expect(respondent.history.entries.filter(({ step }) => !steps.has(step))).toEqual([]);
    expect(respondent.history.address).toBe('');
  });

  it('keeps answers and place when the language changes', async () => {
    const { survey, texts, tap, place } = await opened();
    survey.next();
    tap(3);
    tap(6);
    const before = survey.screen.value;
    await survey.switchLanguage('my');
    expect(texts.language.value).toBe('my');
    expect(survey.screen.value).toBe(before);
    expect(place()).toBe('E2');
  });

  it('returns to the review after a change, and Back from there leads to the last question', async () => {
    const channel = channelOf('eit-2567');
    const respondent = await opened(channel);
    answerAll(respondent);
    respondent.survey.edit(questionOf(channel, 'E1'));
    expect(respondent.place()).toBe('E1');
    respondent.tap(5);
    expect(respondent.place()).toBe('review');
    respondent.survey.back();
    expect(respondent.place()).toBe('department');
  });

  it('asks E3 again on the way back to the review when the kind of service was changed', async () => {
    const channel = channelOf('eit-2567');
    const respondent = await opened(channel);
    answerAll(respondent);
    respondent.survey.edit(questionOf(channel, 'service'));
    respondent.tap(6);
    expect(respondent.place()).toBe('E3');
    respondent.tap(2);
    expect(respondent.place()).toBe('review');
  });
});

describe('sending', () => {
  it('keeps one envelope whose body is the response', async () => {
    const respondent = await opened(channelOf('eit-2567', { service: 2, department: 6 }));
    answerAll(respondent, 2);
    await respondent.survey.send();
    expect(respondent.place()).toBe('finished');
    expect(respondent.outbox.kept).toHaveLength(1);
    const body = responseSchema.parse(JSON.parse(respondent.outbox.kept[0]?.body ?? ''));
    expect(body).toMatchObject({ day: '2025-06-30', language: 'th', quality: ['too-fast'] });
    expect(body.respondent).toMatchObject({ service: 2, department: 6, age: 2 });
  });

  it('counts the time an item is on the screen, not that of the notice or the review', async () => {
    const respondent = await opened(channelOf('eit-2567', { service: 2 }));
    respondent.clock.now += 3_600_000;
    respondent.survey.next();
    for (let item = 0; item < 6; item += 1) {
      respondent.clock.now += 5000;
      respondent.tap(2);
    }
    for (let field = 0; field < 7; field += 1) respondent.tap(1);
    await respondent.survey.send();
    expect(JSON.parse(respondent.outbox.kept[0]?.body ?? '')).toMatchObject({ quality: [] });
  });

  it('clears nothing when it could not be kept, and tries again with the same envelope', async () => {
    const storage = new FakeStorage();
    const respondent = await opened(channelOf('iit-2567'), storage);
    respondent.outbox.failures = 1;
    answerAll(respondent);
    await respondent.survey.send();
    expect(respondent.survey.screen.value).toMatchObject({
      kind: 'answering',
      answering: { step: { kind: 'review' }, sending: { kind: 'not-kept' } },
    });
    expect(storage.length).toBe(1);
    await respondent.survey.send();
    expect(respondent.place()).toBe('finished');
    expect(new Set(respondent.outbox.offered.map(({ id }) => id)).size).toBe(1);
  });

  it('seals anew when an answer was changed after a try that failed', async () => {
    const channel = channelOf('iit-2567');
    const respondent = await opened(channel);
    respondent.outbox.failures = 1;
    answerAll(respondent);
    await respondent.survey.send();
    respondent.survey.edit(questionOf(channel, 'I1'));
    respondent.tap(6);
    await respondent.survey.send();
    expect(JSON.parse(respondent.outbox.kept[0]?.body ?? '')).toMatchObject({ answers: { I1: 6 } });
    expect(new Set(respondent.outbox.offered.map(({ id }) => id)).size).toBe(2);
  });

  it('sends once when Send is pressed twice', async () => {
    const respondent = await opened();
    answerAll(respondent);
    await Promise.all([respondent.survey.send(), respondent.survey.send()]);
    expect(respondent.outbox.offered).toHaveLength(1);
  });

  it('lets nothing change while the response is being kept', async () => {
    const channel = channelOf('eit-2567');
    const respondent = await opened(channel);
    answerAll(respondent);
    const sending = respondent.survey.send();
    const during = respondent.survey.screen.value;
    respondent.survey.edit(questionOf(channel, 'E1'));
    respondent.survey.choose(questionOf(channel, 'E1'), 6);
    respondent.survey.back();
    expect(respondent.survey.screen.value).toBe(during);
    await sending;
    expect(respondent.outbox.offered).toHaveLength(1);
  });

  it('stays on the review when the browser’s Back is pressed in the middle and it could not be kept', async () => {
    const respondent = await opened();
    respondent.outbox.failures = 1;
    answerAll(respondent);
    const sending = respondent.survey.send();
    respondent.history.back(1);
    await sending;
    expect(respondent.place()).toBe('review');
    respondent.survey.back();
    expect(respondent.place()).toBe('department');
  });

  it('offers the same envelope again after a reload in the middle of keeping', async () => {
    const storage = new FakeStorage();
    const first = await opened(channelOf('iit-2567'), storage);
    first.outbox.failures = 1;
    answerAll(first);
    await first.survey.send();
    const again = await opened(channelOf('iit-2567', { state: 'closed' }), storage);
    expect(again.place()).toBe('finished');
    expect(again.outbox.kept).toEqual(first.outbox.offered);
    expect(storage.length).toBe(0);
  });

  it.each([DRAFT_LIFETIME_MS, -2 * DRAFT_LIFETIME_MS])(
    'offers the same envelope again however long after the browser let go of the page (%i ms)',
    async (passed) => {
      const storage = new FakeStorage();
      const first = await opened(channelOf('iit-2567'), storage);
      first.outbox.failures = 1;
      answerAll(first);
      await first.survey.send();
      const again = await createRespondent(storage);
      again.clock.now += passed;
      await again.survey.open(found(channelOf('iit-2567')));
      expect(again.place()).toBe('finished');
      expect(again.outbox.kept).toEqual(first.outbox.offered);
      expect(storage.length).toBe(0);
    },
  );

  it('asks whether to go on where a page cannot send what the one before it sealed', async () => {
    const storage = new FakeStorage();
    const first = await opened(channelOf('iit-2567'), storage);
    first.outbox.failures = 1;
    answerAll(first);
    await first.survey.send();
    const again = await opened(channelOf('iit-2567'), storage, (page) => {
      page.outbox.failures = 1;
    });
    expect(again.place()).toBe('resume');
    again.survey.resume();
    await again.survey.send();
    expect(again.outbox.kept).toEqual(first.outbox.offered);
  });

  it('makes no second response where a browser that was killed brings the tab back as it was before Send', async () => {
    const storage = new FakeStorage();
    const first = await opened(channelOf('eit-2567'), storage);
    first.survey.next();
    first.tap(1);
    const draft = storage.key(0) ?? '';
    const savedThen = storage.getItem(draft) ?? '';
    answerRest(first);
    await first.survey.send();
    const brought = new FakeStorage();
    brought.setItem(draft, savedThen);
    const again = await opened(channelOf('eit-2567'), brought);
    again.survey.resume();
    answerRest(again, 2);
    await again.survey.send();
    const ids = [first, again].map(({ outbox }) => outbox.kept[0]?.id);
    expect(ids[1]).toBe(ids[0]);
    again.survey.startAnew();
    answerAll(again);
    await again.survey.send();
    expect(again.outbox.kept).toHaveLength(2);
    expect(again.outbox.kept[1]?.id).not.toBe(ids[0]);
  });

  it('leaves nothing of the person behind: no draft, no way back to an answer', async () => {
    const storage = new FakeStorage();
    const respondent = await opened(channelOf('eit-2567'), storage);
    answerAll(respondent);
    await respondent.survey.send();
    expect(storage.length).toBe(0);
    expect(respondent.history.index).toBe(0);
    respondent.survey.startAnew();
    expect(respondent.survey.screen.value).toMatchObject({
      answering: { step: { kind: 'notice' }, draft: { answers: {}, respondent: {} } },
    });
  });
});

async function sentFromFullDevice(storage = new FakeStorage()) {
  const respondent = await opened(channelOf('eit-2567'), storage);
  respondent.outbox.isFull = true;
  answerAll(respondent);
  await respondent.survey.send();
  return respondent;
}

describe('a response that the device cannot keep', () => {
  it.each([
    ['the device has room again', { isStored: true }],
    ['the server has it', { state: { kind: 'acknowledged', epoch: null } }],
  ] as const)('survives a reload of the tab until %s', async (_, change) => {
    const storage = new FakeStorage();
    const { outbox } = await sentFromFullDevice(storage);
    expect(storage.length).toBe(1);
    const again = await opened(channelOf('eit-2567'), storage, (page) => {
      page.outbox.isFull = true;
    });
    expect(again.place()).toBe('finished');
    expect(again.outbox.kept).toEqual(outbox.kept);
    expect(storage.length).toBe(1);
    again.outbox.become(change);
    expect(storage.length).toBe(0);
  });

  it('wipes nothing of the next person when more becomes known of it', async () => {
    const storage = new FakeStorage();
    const respondent = await sentFromFullDevice(storage);
    respondent.outbox.become({ isStored: true });
    respondent.survey.startAnew();
    respondent.survey.next();
    respondent.tap(3);
    expect(storage.length).toBe(1);
    respondent.outbox.become({ state: { kind: 'acknowledged', epoch: null } });
    expect(storage.length).toBe(1);
  });

  it('wipes nothing of the next person when the server takes what it refused at first', async () => {
    const storage = new FakeStorage();
    const respondent = await sentFromFullDevice(storage);
    respondent.outbox.become({ state: { kind: 'refused', problem: problemOf('item-missing') } });
    respondent.survey.startAnew();
    respondent.survey.next();
    respondent.tap(3);
    expect(storage.length).toBe(1);
    respondent.outbox.become({ state: { kind: 'acknowledged', epoch: null } });
    expect(storage.length).toBe(1);
  });

  it('can be saved to a file', async () => {
    const { survey, outbox, files } = await sentFromFullDevice();
    const { value: screen } = survey.screen;
    if (screen.kind === 'finished') screen.saveFile();
    expect(files).toEqual([outbox.kept]);
  });
});

/** A citizen in the middle of the EIT, in Chinese, whose tab keeps its draft in the storage. */
async function begun(storage: FakeStorage): Promise<Respondent> {
  const first = await opened(channelOf('eit-2567'), storage);
  await first.survey.switchLanguage('zh');
  first.survey.next();
  first.tap(3);
  first.tap(6);
  return first;
}

describe('a reload in the middle', () => {
  it('asks whether to go on, in the language of the answers, and goes on at the same question', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const again = await opened(channelOf('eit-2567'), storage);
    expect(again.place()).toBe('resume');
    expect(again.texts.language.value).toBe('zh');
    again.survey.resume();
    expect(again.place()).toBe('E2');
    expect(again.survey.screen.value).toMatchObject({
      answering: { draft: { answers: { E1: 6 }, respondent: { service: 3 } } },
    });
  });

  it('forgets everything when somebody starts anew', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const again = await opened(channelOf('eit-2567'), storage);
    again.survey.startAnew();
    expect(again.place()).toBe('notice');
    expect(storage.length).toBe(0);
  });

  it('offers nothing after half an hour, and wipes it', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const late = await createRespondent(storage);
    late.clock.now += DRAFT_LIFETIME_MS;
    await late.survey.open(found());
    expect(late.place()).toBe('notice');
    expect(storage.length).toBe(0);
  });

  it('is taken off the screen too when nobody touched it for half an hour, and with it the way back to it', async () => {
    const storage = new FakeStorage();
    const respondent = await begun(storage);
    respondent.clock.now += DRAFT_LIFETIME_MS - 1;
    respondent.survey.forgetAbandoned();
    expect(respondent.place()).not.toBe('notice');
    respondent.clock.now += 1;
    respondent.survey.forgetAbandoned();
    expect(respondent.place()).toBe('notice');
    expect(storage.length).toBe(0);
    expect(respondent.history.current().depth).toBe(0);
    respondent.survey.next();
    expect(respondent.survey.screen.value).toMatchObject({
      answering: { draft: { answers: {}, respondent: {} } },
    });
  });

  const YEARS_MS = 20 * 365 * 24 * 60 * 60 * 1000;

  it.each([
    ['forward', YEARS_MS],
    ['back', -YEARS_MS],
  ])(
    'is left to whoever answers where the clock is set %s by years, and to nobody half an hour later',
    async (_, step) => {
      const storage = new FakeStorage();
      const respondent = await begun(storage);
      const place = respondent.place();
      respondent.clock.now += step;
      respondent.survey.forgetAbandoned();
      expect(respondent.place()).toBe(place);
      respondent.clock.now += DRAFT_LIFETIME_MS - 1;
      respondent.survey.forgetAbandoned();
      expect(respondent.place()).toBe(place);
      respondent.clock.now += 1;
      respondent.survey.forgetAbandoned();
      expect(respondent.place()).toBe('notice');
      expect(storage.length).toBe(0);
    },
  );

  it.each([YEARS_MS, -YEARS_MS])(
    'is offered by no other page once the clock was set (%i ms)',
    async (step) => {
      const storage = new FakeStorage();
      await begun(storage);
      const later = await createRespondent(storage);
      later.clock.now += step;
      await later.survey.open(found());
      expect(later.place()).toBe('notice');
      expect(storage.length).toBe(0);
    },
  );

  it('is no longer offered where that question stood unanswered for half an hour', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    const later = await opened(channelOf('eit-2567'), storage);
    expect(later.place()).toBe('resume');
    later.clock.now += DRAFT_LIFETIME_MS;
    later.survey.forgetAbandoned();
    expect(later.place()).toBe('notice');
    expect(storage.length).toBe(0);
  });

  it('stays, however long, once somebody pressed Send and it did not come through', async () => {
    const respondent = await opened();
    answerAll(respondent);
    respondent.page.isCut = true;
    await respondent.survey.send();
    respondent.clock.now += 10 * DRAFT_LIFETIME_MS;
    respondent.survey.forgetAbandoned();
    expect(respondent.place()).toBe('review');
  });

  it('offers nothing of another questionnaire', async () => {
    const storage = new FakeStorage();
    await begun(storage);
    expect((await opened(channelOf('iit-2567'), storage)).place()).toBe('notice');
  });

  it('offers nothing that only the notice was read of', async () => {
    const storage = new FakeStorage();
    const first = await opened(channelOf('eit-2567'), storage);
    first.survey.next();
    expect((await opened(channelOf('eit-2567'), storage)).place()).toBe('notice');
  });

  it('survives a draft that cannot be read', async () => {
    const [storage, channel] = [new FakeStorage(), channelOf('eit-2567')];
    const draft = JSON.stringify({ shape: 3, instrument: channel.instrument.id, draft: 7 });
    for (const text of [draft, '{']) {
      storage.setItem(`sucharit:draft:${channel.code}`, text);
      expect((await opened(channel, storage)).place()).toBe('notice');
    }
  });

  it('goes on, and can be gone on with from before, where the storage is full in the middle', async () => {
    const storage = new FakeStorage();
    const respondent = await begun(storage);
    const full = vi.spyOn(storage, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    respondent.tap(1);
    const later = await opened(channelOf('eit-2567'), storage);
    expect(later.survey.screen.value).toMatchObject({ kind: 'resume', saved: { stepName: 'E2' } });
    later.survey.resume();
    for (const _ of questionsOf(channelOf('eit-2567')).slice(2)) later.tap(1);
    await later.survey.send();
    expect(full).toHaveBeenCalled();
    expect(later.place()).toBe('finished');
    expect(storage.length).toBe(0);
  });

  it('works without any storage', async () => {
    const respondent = await createRespondent(null);
    await respondent.survey.open(found());
    answerAll(respondent);
    await respondent.survey.send();
    expect(respondent.place()).toBe('finished');
  });
});
