// The tablet at a counter: one person after the other, and nothing of one for the next.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { LANGUAGE_NAMES } from '#client/i18n/language-names.ts';
import type { Language } from '#core/contract/language.ts';
import { Device, untilReadyForOffline } from './support/device.ts';
import { expect, test as journey } from './support/journey.ts';
import { Respondent } from './support/respondent.ts';
import { overflow, ScreenCheck } from './support/screen-check.ts';
import { storedResponses } from './support/stored-responses.ts';
import { TABLET } from './support/tablet.ts';
import { ofOnePerson, readRows, readTraces } from './support/traces.ts';

const EIT = 'eit-2567';
const IIT = 'iit-2567';
const PIN = '290467';

const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const ITEMS = { I1: 5, I2: 4, I3: 2, I4: 6, I5: 1, I6: 2, I7: 2, I8: 1, I9: 3, I10: 1, I11: 5 };
const STAFF = { I12: 4, age: null, position: null, gender: null, workyear: null };
const STAFF_ANSWERS = { ...ITEMS, ...STAFF };

const test = journey.extend<{ device: Device }>({
  device: async ({ complaints, server: _server, contextOptions, launchOptions }, use) => {
    const device = await Device.create(
      { ...launchOptions, ...contextOptions, ...TABLET },
      complaints,
    );
    await use(device);
    await device.remove();
  },
});

test.use(TABLET);

const wordsOf = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../locales/th/${file}`, import.meta.url), 'utf8'));
const words = wordsOf('kiosk.json');
const privacy = wordsOf('privacy.json');

/** The way in for a language, which says more than the language's name: that alone is a switch for staff. */
const door = (page: Page, language: Language = 'th') =>
  page.getByRole('button', { name: new RegExp(`^${LANGUAGE_NAMES[language]}\\s+\\S`) });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Until nobody is at the tablet. */
const isFree = (page: Page) => expect(door(page)).toBeVisible();

/** As in Safari on an iPhone, or with staff who left it. */
const forbidFullScreen = (page: Page) =>
  page.addInitScript(() =>
    Object.defineProperty(Document.prototype, 'fullscreenEnabled', { get: () => false }),
  );

async function answerAndSend(visitor: Respondent): Promise<void> {
  await door(visitor.page, visitor.words.language).click();
  await visitor.sees('notice.heading');
  await visitor.answerAndSend(ANSWERS);
  await visitor.sees('finished.thanks');
}

test('a tablet is enrolled by its link, and after a turn nothing of it is left', async ({
  page,
  office,
  server,
  complaints,
}) => {
  const channel = office.channel(EIT, 1);
  const made = await office.makeKiosk([channel], PIN);
  const token = new URL(made.link.link).hash.slice(1);
  await page.goto(made.link.link);
  await isFree(page);
  await expect(page).toHaveURL(`${server.url}/kiosk`);

  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  const visitor = new Respondent(page, channel, 'en');
  await answerAndSend(visitor);
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  // It leaves later, together with others: nobody learns when somebody stood here.
  await expect(
    page.getByText(visitor.words.survey('finished.kept'), { exact: true }),
  ).toBeVisible();
  await press(page, 'Done');
  await isFree(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'th');

  await page.evaluate(() => history.back());
  await expect.poll(() => page.evaluate((): unknown => history.state)).toEqual({ kiosk: 9 });
  await isFree(page);
  const traces = await readTraces(page);
  const { cached, ...rest } = traces;
  expect(JSON.stringify(rest)).not.toMatch(/\bE\d\b|answers|respondent/);
  expect(rest.sessionStorage).toEqual({});
  expect(Object.keys(rest.localStorage)).toEqual(['sucharit:kiosk']);
  const own = JSON.parse(rest.localStorage['sucharit:kiosk'] ?? '');
  const told = await (
    await page.request.get(`${server.url}/api/v1/channels/${channel.code}`)
  ).json();
  const channels = Object.entries(cached).filter(([address]) => address.includes(' /api/'));
  expect(channels.map(([, text]) => JSON.parse(text))).toEqual([told]);
  expect(await ofOnePerson(cached, server.url)).toEqual([]);

  // Revoked: it says so, asks nobody further, and sends what waits. Nothing of that says which tablet it was.
  expect(await office.received(EIT)).toBe(0);
  complaints.expect(/404/);
  await office.revokeKiosk(made);
  await page.reload();
  await expect(page.getByRole('heading', { name: words.standing.revoked })).toBeVisible();
  await expect.poll(async () => office.received(EIT)).toBe(1);
  const batches = asked.filter((request) => request.includes('/batches'));
  expect(batches).toHaveLength(1);
  const elsewhere = asked.filter((request) => !request.includes('/kiosk/contact')).join('\n');
  for (const secret of [token, own.standing.token, made.kiosk.id])
    expect(elsewhere).not.toContain(secret);
});

test('who walks away is asked, then wiped, and neither Back nor a reload shows anything', async ({
  page,
  office,
}) => {
  const channel = office.channel(EIT, 1);
  // A window that fills the screen cannot be made as narrow as the looks want it.
  await forbidFullScreen(page);
  await page.addInitScript(() => {
    StorageManager.prototype.estimate = async () => ({ usage: 96, quota: 100 });
  });
  // Nobody is taken for gone because a look at the page takes long: time goes by here alone.
  let now = Date.now();
  const goBy = async (milliseconds: number) => {
    now += milliseconds;
    await page.clock.setFixedTime(now);
  };
  await goBy(0);
  await page.goto((await office.makeKiosk([channel], PIN)).link.link);
  await isFree(page);
  const check = new ScreenCheck(page);
  await check.look('start');

  const visitor = new Respondent(page, channel);
  await door(page).click();
  await visitor.sees('notice.heading');
  await expect(page.getByRole('link'), 'nothing leads away from the tablet').toHaveCount(0);
  await visitor.press('privacy');
  await visitor.sees('privacy');
  await expect(page.getByText(privacy.short.owner)).toBeVisible();
  await check.look('privacy');
  await goBy(46_000);
  await press(page, words.still.stay);
  await visitor.sees('privacy');
  // The browser's Back leads where the button does: the turn is not over.
  await page.evaluate(() => history.back());
  await visitor.sees('notice.heading');
  await visitor.press('privacy');
  await press(page, privacy.back);
  await visitor.press('notice.start');
  await visitor.hurryThrough({ service: 2, E1: 6 });
  await visitor.isAsked('E2');
  await visitor.choice('E2', 3).focus();
  await goBy(46_000);
  const still = page.getByRole('alertdialog', { name: words.still.heading });
  await expect(still).toBeVisible();
  await expect(visitor.choice('E2', 3)).toBeHidden();
  await check.look('still there?');
  // By the keyboard: the focus is on the answer that loses nothing, and goes back to where it was.
  await page.keyboard.press('Enter');
  await expect(visitor.choice('E2', 3)).toBeFocused();

  await goBy(46_000);
  await expect(still).toBeVisible();
  await goBy(21_000);
  await isFree(page);
  await expect(page.getByRole('radio')).toHaveCount(0);
  await page.evaluate(() => history.back());
  await page.reload();
  await isFree(page);
  expect(JSON.stringify(await readRows(page))).not.toContain('ciphertext');

  // Staff come in by the keyboard, and see numbers.
  await page.getByRole('button', { name: words.corner.label }).focus();
  await page.keyboard.press('Enter');
  await check.look('PIN');
  await page.getByLabel(words.pin.label).fill('111222');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(words.pin.wrong);
  for (const wrong of ['222333', '333111']) {
    await page.getByLabel(words.pin.label).fill(wrong);
    await press(page, words.pin.open);
    await expect(page.getByRole('alert')).toHaveText(words.pin.wrong);
    await expect(page.getByLabel(words.pin.label)).toBeFocused();
  }
  // Nobody may try now: the right one is neither looked at nor called wrong, and stays. A Thai keyboard types digits of its own.
  await page.getByLabel(words.pin.label).fill('๒๙๐๔๖๗');
  await page.keyboard.press('Enter');
  const wait = page.getByText(words.pin.wait_other.replace('{{count}}', '30'), { exact: true });
  await expect(wait).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByLabel(words.pin.label)).toHaveValue(PIN);
  await goBy(31_000);
  await expect(wait).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: words.status.heading })).toBeVisible();
  await expect(page.getByText(words.corner.storage)).toBeVisible();
  await check.look('status');
  await press(page, words.status.back);
  await isFree(page);
  check.expectNoFaults();
});

test.describe('a tablet that two fingers magnify', () => {
  test.use({ isMobile: true });

  test('shows whoever comes next the whole page', async ({ page, office }) => {
    const channel = office.channel(EIT, 1);
    // Nothing can be magnified where the page fills the screen.
    await forbidFullScreen(page);
    await page.goto((await office.makeKiosk([channel], PIN)).link.link);
    await door(page).click();
    const visitor = new Respondent(page, channel);
    await visitor.sees('notice.heading');
    // As a long press does, after which browsers offer to look the words up elsewhere.
    await visitor.heading.dblclick();
    expect(await page.evaluate(() => String(getSelection()))).toBe('');
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
    const scale = () => page.evaluate(() => visualViewport?.scale);
    await expect.poll(scale).toBe(2);
    // One finger that pulls the page down would load it anew, and the answers are nowhere but in it.
    await expect(page.locator('html')).toHaveCSS('overscroll-behavior-y', 'none');
    // Where they are on the screen no test can say now.
    for (const name of [words.turn.end, words.turn.clear])
      await page.getByRole('button', { name }).dispatchEvent('click');
    await isFree(page);
    await expect.poll(scale).toBe(1);
  });
});

test('a tablet that is rebooted without network asks two people, and both arrive once', async ({
  device,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const counters = [office.channel(EIT, 1), office.channel(EIT, 2)] as const;
  const first = await device.startPage();
  await first.goto((await office.makeKiosk(counters, PIN)).link.link);
  await isFree(first);
  await untilReadyForOffline(first);
  await device.closeBrowser();
  await server.stop();

  const page = await device.startPage();
  // On its side.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${server.url}/kiosk`);
  for (const [place, language] of (['th', 'my'] as const).entries()) {
    const channel = counters[place] ?? counters[0];
    const visitor = new Respondent(page, channel, language);
    await door(page, language).click();
    await page.locator('.counter').nth(place).click();
    const { job, p1, p2, p4, ...before } = ANSWERS;
    await visitor.press('notice.start');
    await visitor.hurryThrough(before);
    await visitor.isAsked('job');
    // Eight answers.
    expect(await overflow(page)).toBe(0);
    await visitor.hurryThrough({ job, p1, p2, p4 });
    await visitor.sees('review.heading');
    await visitor.press('review.send');
    await visitor.sees('finished.thanks');
    await page.locator('.button-primary').click();
    await isFree(page);
  }
  await server.start();
  // A page that is opened anew holds nothing back.
  await page.reload();
  await expect.poll(async () => office.received(EIT)).toBe(2);
  const stored = await storedResponses(server);
  expect(stored.map(({ language }) => language).sort()).toEqual(['my', 'th']);
});

test('at a tablet staff type the codes of their slips, and nothing of one is left for the next', async ({
  page,
  office,
}) => {
  const staff = new Respondent(page, office.channel(IIT, 4));
  const [code = ''] = (await office.makeStaffCodes(4, 1)).codes;
  await page.goto((await office.makeKiosk([office.channel(EIT, 1), staff.channel], PIN)).link.link);
  const begin = async () => {
    await door(page).click();
    await page.locator('.counter').nth(1).click();
    await staff.sees('ownCode.heading');
  };
  await begin();
  // The wrong counter was tapped perhaps.
  await staff.press('question.back');
  await page.locator('.counter').nth(1).click();
  await staff.sees('ownCode.heading');
  await page.getByLabel(staff.words.survey('ownCode.label')).fill(code);
  await page.keyboard.press('Enter');
  await staff.sees('notice.heading');
  await staff.answerAndSend(STAFF_ANSWERS);
  await staff.sees('finished.thanks');
  await press(page, words.done.finish);
  await begin();
  await expect(page.getByLabel(staff.words.survey('ownCode.label'))).toHaveValue('');
  expect(JSON.stringify(await readTraces(page))).not.toContain(code);
  await page.reload();
  await expect.poll(async () => office.received(IIT)).toBe(1);
  expect(await office.participation()).toMatchObject({ uncounted: 0 });
});
