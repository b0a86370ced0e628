// In Chromium alone: Firefox takes no brotli without HTTPS.
import { get } from 'node:http';
import { CountingProxy } from './support/counting-proxy.ts';
import { isPageKept, untilReadyForOffline } from './support/device.ts';
import { expect, test } from './support/journey.ts';
import { Respondent } from './support/respondent.ts';

const EIT = 'eit-2567';

/** Of a first visit; what is said of it in docs/performance.md. Bodies as they travel; the heads of HTTP/1.1 beside them. */
const MOST_BODY_BYTES = 60_000;
const MOST_HEAD_BYTES = 13_000;

/** A step of the page's clock, and what is fetched by the end of it that no question waits for. */
const MOMENT_MS = 20;
const LATER_MS = 5_000;

/** Others have asked for the page, so that the server has compressed it well. */
async function somebodyWasHere(address: string): Promise<void> {
  const headers = { 'accept-encoding': 'br', 'accept-language': 'th-TH' };
  const bytes = async () =>
    new Promise<number>((resolve, reject) => {
      get(address, { headers }, (reply) => {
        let length = 0;
        reply.on('data', (chunk: Buffer) => (length += chunk.length));
        reply.on('end', () => resolve(length));
      }).on('error', reject);
    });
  const quick = await bytes();
  await expect.poll(bytes).toBeLessThan(quick);
}

test('nothing but the page and two scripts is asked for until the first question was answered', async ({
  page,
  office,
  server,
}) => {
  const proxy = await CountingProxy.before(server.url);
  const visitor = new Respondent(page, office.channel(EIT, null));
  const address = `/s/${visitor.channel.code}`;
  // The page's own clock stands unless this moves it: however slow the machine is, what waits for a later moment waits.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.goto(`${proxy.url}${address}`);
  await page.getByText(visitor.words.survey('notice.start'), { exact: true }).click();
  await visitor.choice('service', 2).click();
  /** Lets a little of the page's time go by; true once the next question is asked. */
  const isAskedMore = async () => {
    await page.clock.runFor(MOMENT_MS);
    return (await visitor.heading.textContent())?.includes(visitor.questionWords('E1'));
  };
  await expect.poll(isAskedMore, { intervals: [50] }).toBe(true);
  expect(proxy.asked.toSorted()).toEqual([
    expect.stringMatching(/^\/assets\/survey-.*\.js$/),
    '/cannot-start.js',
    address,
  ]);
  // What comes later does come, and would have been seen.
  await page.clock.runFor(LATER_MS);
  await expect.poll(() => proxy.asked.join()).toContain('/sending-');
  await page.close();
  proxy.close();
});

test('a first visit fetches little, and all that a start without network needs', async ({
  page,
  office,
  server,
  complaints,
}) => {
  await somebodyWasHere(office.channel(EIT, 5).url);
  const proxy = await CountingProxy.before(server.url);
  const { code } = office.channel(EIT, 5);
  const address = `/s/${code}`;
  await page.goto(`${proxy.url}${address}`);
  await untilReadyForOffline(page);
  // The last thing: the worker asks whether the page is still the same, to keep it.
  const isAgain = () => proxy.paths.filter((path) => path === address).length > 1;
  await expect.poll(isAgain).toBe(true);
  await expect.poll(async () => isPageKept(page)).toBe(true);

  for (const part of [/texts-/, /privacy/, /survey-.*\.css/, /digest-/, /solve-work-/])
    expect(proxy.paths.filter((path) => part.test(path))).toEqual([]);
  expect(proxy.bodyBytes).toBeLessThanOrEqual(MOST_BODY_BYTES);
  expect(proxy.headBytes).toBeLessThanOrEqual(MOST_HEAD_BYTES);

  complaints.networkIsCut = true;
  proxy.close();
  const visitor = new Respondent(page, office.channel(EIT, 5));
  for (const path of ['/waiting', address]) {
    await page.goto(`${proxy.url}${path}`);
    const { backgroundColor } = await page
      .locator('body')
      .evaluate((body) => ({ backgroundColor: getComputedStyle(body).backgroundColor }));
    expect(backgroundColor, 'it has its style').not.toBe('rgba(0, 0, 0, 0)');
  }
  await visitor.sees('notice.heading');
});
