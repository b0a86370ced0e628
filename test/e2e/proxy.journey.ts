// The whole product as docs/deploy.md sets it up: behind Caddy, on HTTPS, with certificates of a local authority.
import { test as base } from '@playwright/test';
import { Caddy } from '../support/caddy.ts';
import { freePort } from '../support/free-port.ts';
import { untilReadyForOffline } from './support/device.ts';
import { Complaints, expect } from './support/journey.ts';
import { ADMIN, Office } from './support/office.ts';
import { Respondent } from './support/respondent.ts';
import { ServerProcess } from './support/server.ts';
import { storedResponses } from './support/stored-responses.ts';
import { believing } from './support/wire.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 2, gender: 1, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 6, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

/** A server, and the proxy in front of it. */
const test = base.extend<{ server: ServerProcess; caddy: Caddy }>({
  // oxlint-disable-next-line no-empty-pattern -- the fixture needs no other
  server: async ({}, use) => {
    const PUBLIC_URL = `https://localhost:${await freePort()}`;
    const server = await ServerProcess.create({ PUBLIC_URL });
    await use(server);
    await server.remove();
  },
  caddy: async ({ server }, use) => {
    const ports = { http: await freePort(), https: Number(new URL(server.publicUrl).port) };
    const caddy = await Caddy.start(ports, [new URL(server.url).host]);
    await use(caddy);
    await caddy.stop();
  },
});

test('behind the proxy, on HTTPS: an admin signs in, a visitor answers offline, and it arrives', async ({
  playwright,
  launchOptions,
  viewport,
  locale,
  server,
  caddy,
}) => {
  const request = await playwright.request.newContext({ ignoreHTTPSErrors: true });
  const office = await Office.open(request, server);
  await request.dispose();
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), believing(caddy)],
  });
  const context = await browser.newContext({ viewport, ...(locale && { locale }) });
  const complaints = new Complaints();
  context.on('page', (page) => complaints.listenTo(page));

  const admin = await context.newPage();
  complaints.expect(/responded with a status of 401 /);
  await admin.goto(`${server.publicUrl}/admin`);
  await admin.locator('[autocomplete~=username]').fill(ADMIN.name);
  await admin.locator('[autocomplete~=current-password]').fill(ADMIN.password);
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('navigation').first()).toBeVisible();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict' });
  expect(cookie?.name).toMatch(/^__Host-/);
  await admin.close();

  const page = await context.newPage();
  const visitor = new Respondent(page, office.channel(EIT, 5));
  await visitor.scan();
  await untilReadyForOffline(page);
  complaints.networkIsCut = true;
  await context.setOffline(true);
  await page.reload();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  await context.setOffline(false);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
  expect(complaints.heard).toEqual([]);
  await browser.close();
});
