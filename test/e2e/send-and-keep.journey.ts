// What sending and keeping promises, in every browser that Playwright drives. The network is cut by ending the server's
// process: Firefox's service worker hears of no other cut. WebKit has webkit.journey.ts.
import type { Page } from '@playwright/test';
import { untilReadyForOffline } from './support/device.ts';
import { expect, test } from './support/journey.ts';
import { Respondent } from './support/respondent.ts';
import {
  BY_ITSELF,
  holdNextReply,
  loseReply,
  sentEnvelopes,
  tellOfNetwork,
  waitingEnvelopes,
  watchSending,
} from './support/sending.ts';
import { readTraces } from './support/traces.ts';
import { asStored, storedEnvelopes } from './support/stored-responses.ts';

const EIT = 'eit-2567';

const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const nothingWaits = (page: Page) =>
  expect.poll(async () => waitingEnvelopes(page), { message: 'nothing waits' }).toEqual([]);

test('what is sent online is held once, as it left the device', async ({
  page,
  office,
  server,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await watchSending(page);
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  const sent = await sentEnvelopes(page);
  expect(sent).toHaveLength(1);
  expect(await storedEnvelopes(server)).toEqual(await asStored(server, sent));
  expect(await office.received(EIT)).toBe(1);
  await nothingWaits(page);

  // Whoever comes back to the thanks is not asked to begin, as if nothing had been sent.
  await page.reload();
  await visitor.isTold('sent');
  await page.getByRole('link', { name: visitor.words.survey('privacy') }).click();
  await page.waitForURL(/privacy/);
  await page.goBack();
  await visitor.isTold('sent');
  // Whoever scans the poster is.
  await visitor.scan();
  expect(await office.received(EIT)).toBe(1);
});

test('what is answered while the server is down stays on the device and is sent by itself', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  const waiting = await waitingEnvelopes(page);
  expect(waiting).toHaveLength(1);
  const { rows, sessionStorage } = await readTraces(page);
  expect(JSON.stringify([rows, sessionStorage])).not.toMatch(/\bE\d\b|answer|respondent/);
  await page.reload();
  await visitor.isTold('kept');
  await server.start();
  await visitor.isTold('sent', BY_ITSELF);
  expect(await storedEnvelopes(server)).toEqual(await asStored(server, waiting));
  await nothingWaits(page);
});

test('a page that is closed and opened again without network still sends what waits', async ({
  page,
  context,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  const waiting = await waitingEnvelopes(page);
  expect(waiting).toHaveLength(1);
  await page.close();

  const anew = await context.newPage();
  const later = new Respondent(anew, office.channel(EIT, 1));
  await later.scan();
  expect(await waitingEnvelopes(anew)).toEqual(waiting);
  await server.start();
  await tellOfNetwork(anew);
  await expect.poll(async () => storedEnvelopes(server)).toEqual(await asStored(server, waiting));
  await nothingWaits(anew);
});

test('a reply that is lost with the power doubles nothing', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await holdNextReply(page);
  await visitor.answerAndSend(ANSWERS);
  await expect.poll(async () => storedEnvelopes(server)).toHaveLength(1);
  await server.stop('SIGKILL');
  await loseReply(page);
  await visitor.isTold('kept');
  expect(await asStored(server, await waitingEnvelopes(page))).toEqual(
    await storedEnvelopes(server),
  );
  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedEnvelopes(server)).toHaveLength(1);
  await nothingWaits(page);
  const { conflicts, quarantined } = await office.participation();
  expect({ conflicts, quarantined }).toEqual({ conflicts: 0, quarantined: 0 });
});

test('two tabs that hear of the network at once send what waits once', async ({
  page,
  context,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  const second = await context.newPage();
  await second.goto(`${server.url}/waiting`);
  await expect(
    second.getByRole('heading', { name: visitor.words.survey('waiting.empty') }),
  ).toBeVisible();
  await server.stop();
  await page.bringToFront();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  const waiting = await waitingEnvelopes(page);
  expect(waiting).toHaveLength(1);
  await expect(second.getByText(visitor.words.survey('waiting.why.network'))).toBeVisible();

  await Promise.all([watchSending(page), watchSending(second)]);
  await server.start();
  await Promise.all([tellOfNetwork(page), tellOfNetwork(second)]);
  await visitor.isTold('sent');
  await expect(
    second.getByRole('heading', { name: visitor.words.survey('waiting.empty') }),
  ).toBeVisible();
  expect([...(await sentEnvelopes(page)), ...(await sentEnvelopes(second))]).toEqual(waiting);
  expect(await storedEnvelopes(server)).toEqual(await asStored(server, waiting));
});
