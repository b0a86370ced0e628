import type { Page } from '@playwright/test';
import { batchSchema } from '#core/contract/batch.ts';
import { problemOf } from '#core/contract/problem.ts';
import { Device, isPageKept, untilReadyForOffline } from './support/device.ts';
import { expect, test as journey } from './support/journey.ts';
import type { Office } from './support/office.ts';
import { Respondent } from './support/respondent.ts';
import { BY_ITSELF, tellOfNetwork } from './support/sending.ts';
import { storedResponses } from './support/stored-responses.ts';
import { readRows } from './support/traces.ts';

const EIT = 'eit-2567';

const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const test = journey.extend<{ device: Device }>({
  device: async ({ complaints, server: _server, contextOptions, launchOptions }, use) => {
    const device = await Device.create({ ...launchOptions, ...contextOptions }, complaints);
    await use(device);
    await device.remove();
  },
});

const arrived = (office: Office) => expect.poll(async () => office.received(EIT));

const outboxRows = async (page: Page) => (await readRows(page))['sucharit/outbox'];

/** One visit with network: the survey is on the device afterwards, and the page as the server rendered it. */
async function visitOnce(device: Device, office: Office): Promise<void> {
  const visitor = new Respondent(await device.startPage(), office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(visitor.page);
  await expect.poll(async () => isPageKept(visitor.page)).toBe(true);
}

/** Answers so many questionnaires one after the other, each of which the device keeps. */
async function answerOffline(visitor: Respondent, times: number): Promise<void> {
  for (let time = 1; time <= times; time += 1) {
    await visitor.sees('notice.heading');
    await visitor.answerAndSend(ANSWERS);
    await visitor.isTold('kept');
    const waiting = visitor.words.survey('finished.waiting_other', { count: time });
    await expect(visitor.page.getByRole('link', { name: waiting })).toBeVisible();
    if (time < times) await visitor.press('finished.again');
  }
}

test('three questionnaires answered without network arrive once each after the browser was closed', async ({
  device,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  // The app's icon is not kept for the time without network.
  complaints.expect(/icon from the Manifest/);
  await visitOnce(device, office);
  await device.closeBrowser();
  await server.stop();

  await test.step('a cold start without network opens the survey and keeps the answers', async () => {
    const browser = await device.startBrowser();
    await browser.setOffline(true);
    const page = await browser.newPage();
    const visitor = new Respondent(page, office.channel(EIT, 1));
    const opened = await page.goto(visitor.channel.url);
    // Its first screen and first question need no script.
    expect(await opened?.text()).toContain('<div id="first-question"');
    await visitor.sees('notice.heading');
    // One visit brought one language, and no more pages than the survey's: what is not here says so, and leads back.
    await page.getByRole('button', { name: '中文' }).click();
    await expect(page.getByText(visitor.words.survey('language.failed'))).toBeVisible();
    await page.getByRole('link', { name: visitor.words.survey('privacy') }).click();
    await visitor.sees('notHere.heading');
    await page.getByRole('link', { name: visitor.words.survey('notHere.back') }).click();
    await answerOffline(visitor, 3);
  });

  await test.step('the waiting page says how many, since when and why, and no answer', async () => {
    const page = device.lastPage();
    const { words } = new Respondent(page, office.channel(EIT, 1));
    await page
      .getByRole('link', { name: words.survey('finished.waiting_other', { count: 3 }) })
      .click();
    await expect(
      page.getByRole('heading', { name: words.survey('waiting.count_other', { count: 3 }) }),
    ).toBeVisible();
    const fact = (label: string) =>
      page
        .getByRole('term')
        .filter({ hasText: words.survey(label) })
        .locator('xpath=following-sibling::dd[1]');
    await expect(fact('waiting.since')).toContainText(/\d{1,2}:\d{2}/);
    await expect(fact('waiting.why.label')).toHaveText(words.survey('waiting.why.network'));
    await page.getByRole('button', { name: words.survey('waiting.sendNow') }).click();
    await expect(page.getByText(words.survey('waiting.result.noneSent'))).toBeVisible();
    await expect(fact('waiting.why.label')).toHaveText(words.survey('waiting.why.network'));
  });

  await device.closeBrowser();
  await server.start();
  expect(await office.received(EIT)).toBe(0);

  await test.step('a browser that is started again sends them by itself', async () => {
    const page = await device.startPage();
    await page.goto(office.channel(EIT, 1).url);
    await arrived(office).toBe(3);
    await expect.poll(async () => outboxRows(page)).toEqual([]);
    await page.goto(`${server.url}/waiting`);
    const { words } = new Respondent(page, office.channel(EIT, 1));
    await expect(page.getByRole('heading', { name: words.survey('waiting.empty') })).toBeVisible();
  });
  expect(await storedResponses(server)).toHaveLength(3);
});

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('the waiting page says what the server asked for, and "Send now" sends all the same', async ({
    page,
    office,
    server,
    complaints,
  }) => {
    complaints.expect(/status of 429|registration blocked by Playwright/);
    const visitor = new Respondent(page, office.channel(EIT, 1));
    const { words } = visitor;
    await page.route('**/api/v1/batches', async (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '600' },
        json: problemOf('too-many-requests'),
      }),
    );
    await visitor.scan();
    await answerOffline(visitor, 2);
    await page.goto(`${server.url}/waiting`);
    await expect(page.getByText(words.survey('waiting.why.serverBusy'))).toBeVisible();
    await expect(
      page.getByText(words.survey('waiting.next.minutes_other', { count: 10 })),
    ).toBeVisible();
    await page.unroute('**/api/v1/batches');
    await visitor.press('waiting.sendNow');
    await expect(
      page.getByText(words.survey('waiting.result.allSent_other', { count: 2 })),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: words.survey('waiting.empty') })).toBeVisible();
    expect(await storedResponses(server)).toHaveLength(2);
  });
});

test('two tabs open at once send what waits once', async ({
  device,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  await visitOnce(device, office);
  await server.stop();
  const first = device.lastPage();
  await answerOffline(new Respondent(first, office.channel(EIT, 1)), 2);
  const browser = first.context();
  const second = await browser.newPage();
  await second.goto(`${server.url}/waiting`);
  const { words } = new Respondent(second, office.channel(EIT, 1));
  await expect(second.getByText(words.survey('waiting.why.network'))).toBeVisible();

  const sent: string[] = [];
  browser.on('response', (response) => {
    if (!response.url().endsWith('/api/v1/batches')) return;
    const { envelopes } = batchSchema.parse(response.request().postDataJSON());
    sent.push(...envelopes.map(({ id }) => id));
  });
  await browser.setOffline(true);
  await server.start();
  // Both tabs hear of the network at the same moment.
  await browser.setOffline(false);
  await arrived(office).toBe(2);
  await expect(second.getByRole('heading', { name: words.survey('waiting.empty') })).toBeVisible();
  await new Respondent(first, office.channel(EIT, 1)).isTold('sent');
  expect(sent).toHaveLength(2);
  expect(new Set(sent).size).toBe(2);
  expect(await storedResponses(server)).toHaveLength(2);
});

test('a server that is cut off right after "sent" has it', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  await server.stop('SIGKILL');
  await server.start();
  expect(await storedResponses(server)).toHaveLength(1);
  expect(await office.received(EIT)).toBe(1);
});

test('a reply that is lost with the power makes no second response', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await page.route(
    '**/api/v1/batches',
    async (route) => {
      await route.fetch();
      await server.stop('SIGKILL');
      await route.abort();
    },
    { times: 1 },
  );
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  expect(await storedResponses(server)).toHaveLength(1);
  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
  const { conflicts, quarantined } = await office.participation();
  expect({ conflicts, quarantined }).toEqual({ conflicts: 0, quarantined: 0 });
});

test('what a server in trouble cannot take stays on the phone and goes out later', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(/status of 503/);
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  const problem = problemOf('storage-unavailable');
  await page.route('**/api/v1/batches', async (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    }),
  );
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  expect(await outboxRows(page)).toHaveLength(1);
  await page.unroute('**/api/v1/batches');
  await visitor.isTold('sent', BY_ITSELF);
  expect(await office.received(EIT)).toBe(1);
  await expect.poll(async () => outboxRows(page)).toEqual([]);
});
