import type { BrowserContext, Page } from '@playwright/test';
import { formatChannelCode } from '#core/contract/channel-code.ts';
import { untilReadyForOffline } from './support/device.ts';
import { expect, test } from './support/journey.ts';
import { Respondent } from './support/respondent.ts';
import { storedResponses } from './support/stored-responses.ts';
import { Words } from './support/words.ts';

const EIT = 'eit-2567';
const ANSWERS = {
  service: 2,
  E1: 6,
  E2: 6,
  E3: 2,
  E4: 5,
  E5: 5,
  E6: 5,
  age: null,
  gender: null,
  job: null,
  p1: null,
  p2: null,
  p4: null,
};

/** The code of a channel that this office does not have: right in itself. */
const UNKNOWN_CODE = '2222 2222';

const thai = new Words('th');

/** The paths whose pages the service worker is told to ask for and keep, as they are told. */
async function pagesToKeep(context: BrowserContext): Promise<string[]> {
  const paths: string[] = [];
  await context.exposeFunction('tellKept', (path: string) => paths.push(path));
  await context.addInitScript(() => {
    const { tellKept } = window as unknown as { tellKept: (path: string) => void };
    const { value: tell } =
      Object.getOwnPropertyDescriptor(ServiceWorker.prototype, 'postMessage') ?? {};
    ServiceWorker.prototype.postMessage = function postMessage(...told: unknown[]) {
      const [message] = told;
      if (typeof message === 'object' && message !== null && 'keep' in message)
        tellKept(String(message.keep));
      Reflect.apply(tell, this, told);
    };
  });
  return paths;
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(thai.survey('code.label')).fill(code);
  await page.getByRole('button', { name: thai.survey('code.open') }).click();
}

test('a code is typed: a slip is told at once also without network, an unknown one too, the right one opens', async ({
  page,
  context,
  office,
  server,
  complaints,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  const { code } = visitor.channel;
  await page.goto(server.url);
  await visitor.sees('code.heading');
  const alert = page.getByRole('alert');

  await visitor.press('code.open');
  await expect(alert).toHaveText(thai.survey('code.empty'));
  await expect(page.getByLabel(thai.survey('code.label'))).toBeFocused();

  complaints.networkIsCut = true;
  await context.setOffline(true);
  const swapped = code.replace(/(.)(?!\1)(.)/, '$2$1');
  await typeCode(page, swapped);
  await expect(alert).toHaveText(thai.problem('channel-mistyped'));
  await expect(page.getByLabel(thai.survey('code.label'))).toHaveValue(swapped);
  await context.setOffline(false);

  complaints.expect(/status of 404/);
  await typeCode(page, UNKNOWN_CODE);
  await expect(alert).toHaveText(thai.problem('channel-unknown'));

  await typeCode(page, formatChannelCode(code).toLowerCase());
  await visitor.sees('notice.heading');
  await expect(page).toHaveURL(visitor.channel.url);
});

test('a link with a mistyped or an unknown code says which, and offers to type another', async ({
  page,
  context,
  office,
  server,
  complaints,
}) => {
  complaints.expect(/status of 404/);
  const kept = await pagesToKeep(context);
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await page.goto(`${server.url}/s/22223333`);
  await visitor.sees('problem.heading');
  await expect(page.getByText(thai.problem('channel-mistyped'))).toBeVisible();
  await page.goto(`${server.url}/s/22222222`);
  await expect(page.getByText(thai.problem('channel-unknown'))).toBeVisible();
  // The service worker does not ask for it as well, which would count as a second wrong guess.
  await untilReadyForOffline(page);
  await visitor.press('code.typeAnother');
  await visitor.sees('code.heading');
  await visitor.scan();
  await expect.poll(() => kept).toEqual([new URL(visitor.channel.url).pathname]);
});

test('a closed channel says so politely', async ({ page, office }) => {
  const closed = await office.change(office.channel(EIT, 1), { state: 'closed' });
  const visitor = new Respondent(page, closed);
  await page.goto(closed.url);
  await visitor.sees('closed.heading');
  await expect(page.getByText(thai.survey('closed.text'))).toBeVisible();
  await expect(page.getByText('ฝ่ายโยธา')).toBeVisible();
  await expect(visitor.button('notice.start')).toHaveCount(0);
  await visitor.press('code.typeAnother');
  await visitor.sees('code.heading');
});

test('what was begun before the channel closed is still accepted', async ({
  page,
  office,
  server,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await visitor.hurryToReview(ANSWERS);
  await office.change(visitor.channel, { state: 'closed' });
  await visitor.press('review.send');
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});

test('a phone that was here before learns that the channel closed, and that it opened again', async ({
  page,
  office,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await page.goto(visitor.channel.url);
  await visitor.sees('notice.heading');
  // From now on the page comes from the device, and the channel with it.
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));

  await office.change(visitor.channel, { state: 'closed' });
  await page.reload();
  await visitor.sees('closed.heading');
  await office.change(visitor.channel, { state: 'open' });
  await page.reload();
  await visitor.sees('notice.heading');
});
