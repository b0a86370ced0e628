// In Chromium alone: Firefox takes no brotli without HTTPS.
import { get } from 'node:http';
import { CountingProxy } from './support/counting-proxy.ts';
import { isPageKept, untilReadyForOffline } from './support/device.ts';
import { freePort } from '../support/free-port.ts';
import { expect, test } from './support/journey.ts';
import { Office } from './support/office.ts';
import { Respondent } from './support/respondent.ts';
import { ServerProcess } from './support/server.ts';
import { believing, Wire } from './support/wire.ts';

const EIT = 'eit-2567';

/** Of a first visit, all that comes down the wire: bodies, heads by HTTP/2 and TLS. What is said of it is in docs/performance.md. */
const MOST_BYTES = 60_000;
/** What is inside: bodies as they travel, and heads as HTTP/1.1 would have them. */
const MOST_BODY_BYTES = 56_500;
const MOST_HEAD_BYTES = 8_500;
/** The page twice, its scripts, the icon, what sends, the worker, and what that asks for: one of the scripts again, the empty page. */
const ANSWERS = 9;

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

/** A server behind the proxy of docs/deploy.md. */
const onTheWire = test.extend<{ wire: Wire }>({
  // oxlint-disable-next-line no-empty-pattern -- the fixture needs no other
  server: async ({}, use) => {
    const server = await ServerProcess.createSoon({
      PUBLIC_URL: `https://localhost:${await freePort()}`,
    });
    await use(server);
    await server.remove();
  },
  wire: async ({ server }, use) => {
    const wire = await Wire.before(server);
    await use(wire);
    await wire.remove();
  },
  office: async ({ server, wire: _wire, playwright }, use) => {
    const request = await playwright.request.newContext({ ignoreHTTPSErrors: true });
    await use(await Office.open(request, server));
    await request.dispose();
  },
});

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

onTheWire(
  'a first visit fetches little, and all that a start without network needs',
  async ({ playwright, launchOptions, viewport, locale, server, wire, office, complaints }) => {
    const { code } = office.channel(EIT, 5);
    const address = `/s/${code}`;
    await somebodyWasHere(`${server.url}${address}`);
    const args = [...(launchOptions.args ?? []), believing(wire.caddy)];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    const page = await browser.newPage({ viewport, ...(locale && { locale }) });
    complaints.listenTo(page);
    const { inside } = wire;
    inside.transfers.length = 0;
    const before = wire.bytes;
    await page.goto(`${server.publicUrl}${address}`);
    // A browser without a window asks for none by itself.
    const icon = page.locator('link[rel=icon]');
    await icon.evaluate(async (link: HTMLLinkElement) => (await fetch(link.href)).text());
    await untilReadyForOffline(page);
    // The last thing: the worker asks whether the page is still the same, to keep it.
    const isAgain = () => inside.paths.filter((path) => path === address).length > 1;
    await expect.poll(isAgain).toBe(true);
    await expect.poll(async () => isPageKept(page)).toBe(true);

    for (const part of [/texts-/, /privacy/, /survey-.*\.css/, /digest-/, /solve-work-/])
      expect(inside.paths.filter((path) => part.test(path))).toEqual([]);
    expect(inside.paths).toHaveLength(ANSWERS);
    expect(wire.bytes - before).toBeLessThanOrEqual(MOST_BYTES);
    expect(inside.bodyBytes).toBeLessThanOrEqual(MOST_BODY_BYTES);
    expect(inside.headBytes).toBeLessThanOrEqual(MOST_HEAD_BYTES);

    complaints.networkIsCut = true;
    wire.cut();
    const visitor = new Respondent(page, office.channel(EIT, 5));
    for (const path of ['/waiting', address]) {
      await page.goto(`${server.publicUrl}${path}`);
      const { backgroundColor } = await page
        .locator('body')
        .evaluate((body) => ({ backgroundColor: getComputedStyle(body).backgroundColor }));
      expect(backgroundColor, 'it has its style').not.toBe('rgba(0, 0, 0, 0)');
    }
    await visitor.sees('notice.heading');
    await browser.close();
  },
);
