// What a worker does that only Chromium's tools for developers can bring about.
import { untilReadyForOffline, visitAgain } from './support/device.ts';
import { expect, releasing as test } from './support/releasing.ts';
import { Respondent } from './support/respondent.ts';
import { storedResponses } from './support/stored-responses.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 1, gender: 1, job: 1, p1: 1, p2: 1, p4: 1 };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

test('a tab of the old version gets all of it while the new one is at work', async ({
  page,
  context,
  office,
  server,
  release,
  isOnVersion,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await visitAgain(page);
  await visitor.press('notice.start');
  await visitor.isAsked('service');
  const browser = await context.newCDPSession(page);

  for (const version of ['2', '3']) {
    await release(version);
    const other = new Respondent(await context.newPage(), visitor.channel);
    await other.page.goto(server.url);
    await other.press('update.apply');
    await isOnVersion(other.page, version);
    // The browser's own cache may have them by chance; only the worker's is meant to last.
    await browser.send('Network.clearBrowserCache');
    // Words that this tab has not needed so far, which the server has no longer.
    if (version === '2') await visitor.choosesLanguage('my');
    await visitor.isAsked('service');
    await other.page.close();
  }
  await isOnVersion(page, '1');
  await visitor.hurryThrough(ANSWERS);
  await visitor.press('review.send');
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});

test('the browser’s word that there is a network wakes the open page, also one that is older than the worker', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  await page.clock.install();
  // The browser's own sync events come when it likes; the one below is the only one.
  await page.addInitScript(() =>
    Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'),
  );
  const visitor = new Respondent(page, office.channel(EIT, 1));
  const browser = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId } of registrations) resolve(registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  await visitor.scan();
  await untilReadyForOffline(page);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  // From here on no timer of the page makes it try again.
  await page.clock.pauseAt(Date.now() + 10_000);
  await server.start();
  await browser.send('ServiceWorker.dispatchSyncEvent', {
    origin: server.url,
    registrationId: await registered,
    tag: 'sucharit-outbox',
    lastChance: false,
  });
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});
