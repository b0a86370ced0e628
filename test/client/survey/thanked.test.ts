import { expect, it } from 'vitest';
import { deliveryOf, thankedIn, type Delivery } from '#client/survey/delivery.ts';
import { problemOf } from '#core/contract/problem.ts';
import type { EntryState } from '#core/outbox/entry.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { answerAll, createRespondent, type FakeOutbox } from './respondent.ts';

const CHANNEL = channelOf('eit-2567');

/** Somebody has sent a response, and that is what became of it. */
async function thanked(state: EntryState) {
  const respondent = await createRespondent();
  await respondent.survey.open({ state: 'found', channel: CHANNEL });
  answerAll(respondent);
  await respondent.survey.send();
  respondent.outbox.become({ state });
  return respondent;
}

/** The same page loaded anew. `outbox`: what the device has of responses. */
async function loadedAnew(before: Delivery['kind'] | undefined, outbox: FakeOutbox | null) {
  const respondent = await createRespondent();
  respondent.history.before = before;
  if (outbox) respondent.outbox.entries.value = outbox.entries.value;
  await respondent.survey.open({ state: 'found', channel: CHANNEL });
  return respondent;
}

const toldIn = ({ survey, outbox }: Awaited<ReturnType<typeof loadedAnew>>) => {
  const { value } = survey.screen;
  return value.kind === 'finished' ? deliveryOf(outbox, value.envelopeId, true).kind : value.kind;
};

const WAITING: EntryState = { kind: 'waiting', until: 0, reason: 'network' };
const SENT: EntryState = { kind: 'acknowledged', epoch: null };

it('whose response the server has is thanked again on a page that is loaded anew', async () => {
  const respondent = await thanked(SENT);
  const before = thankedIn(respondent.survey.screen.value);
  const again = await loadedAnew(before, null);
  expect(toldIn(again)).toBe('sent');
  again.survey.startAnew();
  expect(again.place()).toBe('notice');
  expect(thankedIn(again.survey.screen.value)).toBeUndefined();
});

it('whose response waits hears how it stands, and can save it', async () => {
  const { survey, outbox } = await thanked(WAITING);
  const again = await loadedAnew(thankedIn(survey.screen.value), outbox);
  expect(toldIn(again)).toBe('kept');
  const { value } = again.survey.screen;
  if (value.kind === 'finished') value.saveFile();
  expect(again.files).toEqual([outbox.kept]);
  again.outbox.become({ state: SENT });
  expect(toldIn(again)).toBe('sent');
});

it('is told nothing of a response that waited and that nobody knows any more', async () => {
  const { survey } = await thanked(WAITING);
  expect(toldIn(await loadedAnew(thankedIn(survey.screen.value), null))).toBe('answering');
});

it('whose response is not counted may come with another code', async () => {
  const { survey } = await thanked({ ...SENT, uncounted: 'code-unknown' });
  expect(toldIn(await loadedAnew(thankedIn(survey.screen.value), null))).toBe('answering');
});

it("whose response is not counted is shown nobody else's that waits on the device", async () => {
  const { outbox } = await thanked(WAITING);
  expect(toldIn(await loadedAnew('uncounted', outbox))).toBe('answering');
});

it('is not thanked for the one before, where the office changed the channel meanwhile', async () => {
  const respondent = await createRespondent();
  respondent.history.before = 'sent';
  await respondent.survey.open({ state: 'found', channel: CHANNEL });
  expect(respondent.place()).toBe('finished');
  respondent.survey.startAnew();
  expect(respondent.place()).toBe('notice');
  await respondent.survey.open({ state: 'found', channel: { ...CHANNEL } });
  expect(respondent.place()).toBe('notice');
});

it('whose response was refused is told so again', async () => {
  const { survey, outbox } = await thanked({
    kind: 'refused',
    problem: problemOf('invalid-request'),
  });
  expect(toldIn(await loadedAnew(thankedIn(survey.screen.value), outbox))).toBe('refused');
});

it('is not thanked for what somebody else sent who came by a code', async () => {
  const respondent = await createRespondent();
  respondent.history.before = 'sent';
  respondent.survey.arriveBy({ by: 'display', window: 1, mark: 'x' });
  await respondent.survey.open({ state: 'found', channel: CHANNEL });
  expect(respondent.place()).toBe('notice');
});

it('begins where nothing can be fetched that knows of the response', async () => {
  const respondent = await createRespondent();
  respondent.history.before = 'sent';
  respondent.page.isCut = true;
  await respondent.survey.open({ state: 'found', channel: CHANNEL });
  expect(respondent.place()).toBe('notice');
});
