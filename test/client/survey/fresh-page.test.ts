import { expect, test, vi } from 'vitest';
import { reloadIfReachable } from '#client/survey/fresh-page.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { answerAll, createRespondent, FakeStorage } from './respondent.ts';

test.each<[string, () => Promise<Response>, boolean]>([
  ['answers', async () => new Response('ok'), true],
  ['is in trouble', async () => new Response('', { status: 503 }), false],
  ['is not there', async () => Promise.reject(new TypeError('Failed to fetch')), false],
])('the page is loaded anew only if the server %s: %#', async (_, fetcher, isReloaded) => {
  const reload = vi.fn<() => void>();
  await reloadIfReachable(fetcher, reload);
  expect(reload).toHaveBeenCalledTimes(isReloaded ? 1 : 0);
});

test('whoever cannot send for lack of code gets a fresh page that has the answers', async () => {
  const storage = new FakeStorage();
  const respondent = await createRespondent(storage);
  await respondent.survey.open({ state: 'found', channel: channelOf('eit-2567') });
  answerAll(respondent);
  respondent.page.isCut = true;
  await respondent.survey.send();
  expect(respondent.page.freshStarts).toBe(1);

  const later = await createRespondent(storage);
  await later.survey.open({ state: 'found', channel: channelOf('eit-2567') });
  expect(later.place()).toBe('resume');
  later.survey.resume();
  expect(later.place()).toBe('review');
  await later.survey.send();
  expect(later.outbox.kept).toHaveLength(1);
});

test('a page that alone has the answers is never loaded anew', async () => {
  const respondent = await createRespondent(null);
  await respondent.survey.open({ state: 'found', channel: channelOf('eit-2567') });
  answerAll(respondent);
  respondent.page.isCut = true;
  await respondent.survey.send();
  expect(respondent.page.freshStarts).toBe(0);
  respondent.page.isCut = false;
  await respondent.survey.send();
  expect(respondent.outbox.kept).toHaveLength(1);
});
