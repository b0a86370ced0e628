import type { Page } from '@playwright/test';
import { problemOf } from '#core/contract/problem.ts';
import { untilReadyForOffline } from './support/device.ts';
import type { Complaints } from './support/journey.ts';
import { expect, releasing as test } from './support/releasing.ts';
import { Respondent } from './support/respondent.ts';
import { storedResponses } from './support/stored-responses.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 1, gender: 1, job: 1, p1: 1, p2: 1, p4: 1 };
const ITEMS = { E2: 4, E3: 2, E4: 5, E5: 5, E6: 5 };

test('a new version is offered where nobody answers, comes by consent, and does so a second time', async ({
  page,
  context,
  office,
  server,
  release,
  isOnVersion,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  const offer = visitor.words.survey('update.ready');
  await visitor.scan();
  await untilReadyForOffline(page);
  await page.reload();
  await visitor.sees('notice.heading');
  await isOnVersion(page, '1');
  await visitor.press('notice.start');
  await visitor.hurryThrough({ service: 1, E1: 3 });
  await visitor.isAsked('E2');

  await release('2');
  const other = new Respondent(await context.newPage(), visitor.channel);

  await test.step('another tab is offered it; the one where somebody answers is left alone', async () => {
    await other.page.goto(server.url);
    await expect(other.page.getByText(offer)).toBeVisible();
    await visitor.isAsked('E2');
    await expect(page.getByText(offer)).toHaveCount(0);
    await other.page.reload();
    await expect(other.page.getByText(offer)).toBeVisible();
    await isOnVersion(other.page, '1');
  });

  await test.step('the offer goes while a code is being typed, and comes true when taken', async () => {
    await other.page.getByLabel(other.words.survey('code.label')).fill('2');
    await expect(other.page.getByText(offer)).toHaveCount(0);
    await other.page.getByLabel(other.words.survey('code.label')).fill('');
    await other.press('update.apply');
    await isOnVersion(other.page, '2');
    await other.sees('code.heading');
    await expect(other.page.getByText(offer)).toHaveCount(0);
  });

  await test.step('whoever was answering meanwhile ends and sends on the old version, then is offered the new one', async () => {
    // Firefox gives keys only to the tab that is looked at.
    await page.bringToFront();
    await isOnVersion(page, '1');
    await expect(page.getByText(offer)).toHaveCount(0);
    await visitor.hurryThrough({ ...ITEMS, ...ABOUT });
    await visitor.sees('review.heading');
    await expect(page.getByText(offer)).toHaveCount(0);
    await visitor.press('review.send');
    await visitor.isTold('sent');
    await expect(page.getByText(offer)).toBeVisible();
    await visitor.press('update.apply');
    await isOnVersion(page, '2');
    // Nobody is asked to begin who was thanked.
    await visitor.isTold('sent');
    expect(await storedResponses(server)).toHaveLength(1);
  });

  await test.step('the version after that comes the same way', async () => {
    await release('3');
    await page.reload();
    await expect(page.getByText(offer)).toBeVisible();
    await isOnVersion(page, '2');
    await visitor.press('update.apply');
    await isOnVersion(page, '3');
    await visitor.isTold('sent');
  });
});

test('an update in the middle of a form keeps the answers, the first time and the second, and a language brings it', async ({
  page,
  context,
  office,
  server,
  release,
  isOnVersion,
  complaints,
}) => {
  // Each browser's word for a script that the server has no longer.
  complaints.expect(/status of 404|texts-zh\S+ A ServiceWorker intercepted/);
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await visitor.press('notice.start');
  await visitor.hurryThrough({ service: 1, E1: 3 });

  for (const [version, code, option] of [
    ['2', 'E2', 4],
    ['3', 'E3', 2],
  ] as const)
    await test.step(`to version ${version} at ${code}`, async () => {
      await visitor.isAsked(code);
      await release(version);
      const other = new Respondent(await context.newPage(), visitor.channel);
      await other.page.goto(server.url);
      await other.sees('code.heading');
      await expect(other.button('update.apply')).toBeVisible();
      if (version === '2') {
        // One visit brought one language, and the server has the others of that version no longer.
        await other.page.getByRole('button', { name: '中文' }).click();
        await isOnVersion(other.page, version);
        await expect(other.page.locator('html')).toHaveAttribute('lang', 'zh');
      } else await other.press('update.apply');
      await isOnVersion(other.page, version);
      await other.page.close();
      await page.reload();
      await isOnVersion(page, version);
      await visitor.press('resume.continue');
      await visitor.hurryThrough({ [code]: option });
    });

  await visitor.hurryThrough({ E4: 5, E5: 5, E6: 5, ...ABOUT });
  await visitor.sees('review.heading');
  await visitor.press('review.send');
  await visitor.isTold('sent');
  const [stored, ...others] = await storedResponses(server);
  expect(others).toEqual([]);
  expect(stored?.answers).toEqual({ E1: 3, ...ITEMS });
});

/** The server takes nothing more from this build, as one that was updated past it. */
async function refuseAsOutdated(page: Page, complaints: Complaints): Promise<void> {
  complaints.expect(/status of 426/);
  await page.route('**/api/v1/batches', async (route) =>
    route.fulfill({
      status: 426,
      contentType: 'application/problem+json',
      body: JSON.stringify(problemOf('outdated-client')),
    }),
  );
}

test('a page from which the server takes nothing more finds the new version at once, and sends after it', async ({
  page,
  office,
  server,
  release,
  complaints,
  isOnVersion,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await page.reload();
  await visitor.hurryToReview({ service: 1, E1: 3, ...ITEMS, ...ABOUT });
  await release('2');
  await refuseAsOutdated(page, complaints);
  await visitor.press('review.send');
  await expect(page.getByText(visitor.words.survey('update.ready'))).toBeVisible();
  expect(await storedResponses(server)).toEqual([]);
  await page.unroute('**/api/v1/batches');
  await visitor.press('update.apply');
  await isOnVersion(page, '2');
  await expect.poll(async () => storedResponses(server)).toHaveLength(1);
});

test('a page without a worker offers to be loaded anew when the server takes nothing more from it', async ({
  page,
  office,
  server,
  release,
  complaints,
  isOnVersion,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  const visitor = new Respondent(page, office.channel(EIT, 1));
  const sendingParts = page.waitForEvent('requestfinished', (request) =>
    request.url().includes('sending-'),
  );
  await visitor.scan();
  await sendingParts;
  await visitor.hurryToReview({ service: 1, E1: 3, ...ITEMS, ...ABOUT });
  await refuseAsOutdated(page, complaints);
  await release('2');
  await visitor.press('review.send');
  await visitor.press('update.apply');
  await isOnVersion(page, '2');
  expect(await storedResponses(server)).toEqual([]);
  await page.unroute('**/api/v1/batches');
  // To open any page of the survey is enough.
  await page.goto(`${server.url}/waiting`);
  await expect.poll(async () => storedResponses(server)).toHaveLength(1);
});
