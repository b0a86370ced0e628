import type { Page } from '@playwright/test';
import { installNewer, untilReadyForOffline, visitAgain } from './support/device.ts';
import { expect, releasing as test } from './support/releasing.ts';
import { Respondent } from './support/respondent.ts';
import { sentBodies, sentEnvelopes, watchSending } from './support/sending.ts';
import { storedResponses } from './support/stored-responses.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 1, gender: 1, job: 1, p1: 1, p2: 1, p4: 1 };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const doNothing = async () => {};

/** How many files the worker has kept of the present version. */
const precachedFiles = async (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const name = names.find((one) => one.includes('precache'));
    return name ? (await (await caches.open(name)).keys()).length : 0;
  });

/** The browser throws out cached files whose address holds one of these, or all of them. */
const evict = async (page: Page, parts: readonly string[] | 'all') =>
  page.evaluate(async (thrownOut) => {
    for (const name of await caches.keys()) {
      if (!name.includes('precache')) continue;
      if (thrownOut === 'all') await caches.delete(name);
      else {
        const cache = await caches.open(name);
        for (const request of await cache.keys())
          if (thrownOut.some((part) => request.url.includes(part))) await cache.delete(request);
      }
    }
  }, parts);

const workers = async (page: Page) =>
  page.evaluate(async () => {
    const { active, waiting, installing } = await navigator.serviceWorker.ready;
    return { active: active?.state, waiting: waiting?.state, installing: installing?.state };
  });

test('a new tab works whole on the old version while the server has the next one', async ({
  page,
  context,
  office,
  server,
  releases,
  release,
  complaints,
  isOnVersion,
}) => {
  await new Respondent(page, office.channel(EIT, 1)).scan();
  await untilReadyForOffline(page);
  await visitAgain(page);
  await page.close();
  complaints.expect(/status of 404/);
  await release('2', async () => {
    // The next version cannot be installed yet.
    await releases.damage(await releases.addressOf('texts-zh'), 'missing');
  });
  const visitor = new Respondent(await context.newPage(), office.channel(EIT, 2));
  await visitor.scan();
  await isOnVersion(visitor.page, '1');
  for (const language of ['en', 'zh', 'my', 'th'] as const) {
    await visitor.choosesLanguage(language);
    await visitor.sees('notice.heading');
  }
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  await visitor.page.goto(`${server.url}/waiting`);
  await expect(
    visitor.page.getByRole('heading', { name: visitor.words.survey('waiting.empty') }),
  ).toBeVisible();
  expect(await storedResponses(server)).toHaveLength(1);
});

test('what the browser threw out of its cache comes back at the next visit', async ({
  page,
  office,
  server,
  complaints,
  isOnVersion,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await visitAgain(page);
  await visitor.sees('notice.heading');
  const whole = await precachedFiles(page);
  expect(whole).toBeGreaterThan(10);

  for (const parts of [
    ['survey.html'],
    ['texts-zh', 'cannot-start', 'sending', 'survey-'],
    'all',
  ] as const)
    await test.step(`without ${String(parts)}`, async () => {
      await evict(page, parts);
      expect(await precachedFiles(page)).toBeLessThan(whole);
      await page.reload();
      await visitor.sees('notice.heading');
      await expect.poll(async () => precachedFiles(page)).toBe(whole);
      await server.stop();
      await page.reload();
      await visitor.sees('notice.heading');
      await isOnVersion(page, '1');
      await visitor.choosesLanguage('zh');
      await visitor.sees('notice.heading');
      await visitor.choosesLanguage('th');
      await server.start();
    });
});

test('a page that was thrown out is not replaced by one of another version', async ({
  page,
  office,
  release,
  server,
  complaints,
  isOnVersion,
}) => {
  complaints.expect(/integrity|status of 404/);
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await visitAgain(page);
  const whole = await precachedFiles(page);
  await release('2');
  await evict(page, 'all');
  await page.reload();
  await isOnVersion(page, '2');
  await visitor.sees('notice.heading');
  const offer = page.getByText(visitor.words.survey('update.ready'));
  await expect(offer).toBeVisible();
  await visitor.press('update.apply');
  await expect(offer).toHaveCount(0);
  await isOnVersion(page, '2');
  await expect.poll(async () => precachedFiles(page)).toBe(whole);
  complaints.networkIsCut = true;
  await server.stop();
  await page.reload();
  await isOnVersion(page, '2');
  await visitor.sees('notice.heading');
});

for (const damage of ['missing', 'cut'] as const)
  test(`a version with a file that is ${damage} is not installed, and the one at work stays`, async ({
    page,
    office,
    server,
    releases,
    release,
    complaints,
    isOnVersion,
  }) => {
    complaints.expect(/integrity|status of 404/);
    const visitor = new Respondent(page, office.channel(EIT, 1));
    await visitor.scan();
    await untilReadyForOffline(page);
    let mend = doNothing;
    await release('2', async () => {
      mend = await releases.damage(await releases.addressOf('texts-zh'), damage);
    });
    await page.reload();
    await visitor.sees('notice.heading');
    expect(await installNewer(page)).toBe(false);
    await expect.poll(async () => workers(page)).toEqual({ active: 'activated' });
    await isOnVersion(page, '1');
    await expect(page.getByText(visitor.words.survey('update.ready'))).toHaveCount(0);
    await visitor.answerAndSend(ANSWERS);
    await visitor.isTold('sent');

    complaints.networkIsCut = true;
    await server.stop();
    await page.reload();
    await visitor.isTold('sent');
    await isOnVersion(page, '1');
    await mend();
    await server.start();
    complaints.networkIsCut = false;
    await expect(async () => {
      await page.reload();
      await visitor.isTold('sent');
      await expect(page.getByText(visitor.words.survey('update.ready'))).toBeVisible();
    }).toPass();
    await visitor.press('update.apply');
    await isOnVersion(page, '2');
  });

test('a first version that cannot be had whole is not installed; the survey works without it, and the next visit tries again', async ({
  page,
  office,
  server,
  releases,
  complaints,
}) => {
  complaints.expect(/status of 404|MIME type/);
  const restart = async (change: () => Promise<void>) => {
    await server.stop();
    await change();
    await server.start();
  };
  let mend = doNothing;
  await restart(async () => {
    mend = await releases.damage('cannot-start.js', 'missing');
  });
  const visitor = new Respondent(page, office.channel(EIT, 1));
  // Playwright hears of no worker of Firefox's: the page itself tells that there was one.
  await page.addInitScript(() => {
    const container = 'serviceWorker' in navigator ? navigator.serviceWorker : null;
    if (!container) return;
    const register = container.register.bind(container);
    container.register = async (...of) => {
      const registration = await register(...of);
      Object.assign(globalThis, { isRegistered: true });
      return registration;
    };
  });
  await visitor.scan();
  const wasDropped = async () =>
    page.evaluate(
      async () =>
        Reflect.has(globalThis, 'isRegistered') &&
        (await navigator.serviceWorker.getRegistration()) === undefined,
    );
  await expect.poll(wasDropped).toBe(true);
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  complaints.networkIsCut = true;
  await restart(mend);
  complaints.networkIsCut = false;
  await visitor.scan();
  await untilReadyForOffline(page);
});

test('batches pass a page under the worker as they are', async ({ page, office, server }) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  await watchSending(page);
  const replied = page.waitForResponse('**/api/v1/batches');
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  const reply = await replied;
  expect(reply.fromServiceWorker()).toBe(false);
  const [body = '', ...others] = await sentBodies(page);
  expect(others).toEqual([]);
  const { 'content-length': length } = await reply.request().allHeaders();
  expect(Number(length)).toBe(Buffer.byteLength(body));
  expect(await sentEnvelopes(page)).toHaveLength(1);
  // The digest in the envelope is what the server compares.
  const { conflicts, quarantined } = await office.participation();
  expect({ conflicts, quarantined }).toEqual({ conflicts: 0, quarantined: 0 });
  expect(await storedResponses(server)).toHaveLength(1);
});
