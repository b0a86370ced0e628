import type { Page } from '@playwright/test';
import {
  expect,
  LAPTOP,
  open,
  refusal,
  signIn,
  test,
  thai,
  title,
} from './support/admin-journey.ts';
import { holdBack } from './support/hold-back.ts';
import { untilLaidOut } from './support/screen-check.ts';

test.use(LAPTOP);

const button = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true });
const threshold = (tab: Page) => tab.getByLabel(thai('settings.threshold'));
const allSaved = (tab: Page) => tab.getByText(thai('settings.allSaved'), { exact: true });
const save = (tab: Page) => button(tab, thai('settings.save')).click();

test('two tabs change the same year, and nothing typed in either is lost', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(412));
  await signIn(page, office);
  const other = await page.context().newPage();
  const target = page.locator('[id^=department-1-target-]').first();

  await test.step('in the settings', async () => {
    for (const tab of [page, other]) await open(tab, office.server, 'settings');
    await target.fill('77');
    await threshold(other).fill('6');
    await save(other);
    await expect(allSaved(other)).toBeVisible();
    await save(page);
    await expect(page.getByRole('alert')).toContainText(thai('problems:changed-meanwhile'));
    const letGo = await holdBack(page, /\/assessments$/, 'read');
    await button(page, thai('form.takeLatest')).press('Enter');
    // Whoever types on meanwhile is not called away.
    await target.fill('78');
    letGo();
    await expect(page.getByText(thai('form.latestTaken'))).toBeVisible();
    await untilLaidOut(page);
    await expect(target).toBeFocused();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(threshold(page)).toHaveValue('6');
    await expect(target).toHaveValue('78');
    // Thrown away, it lies on top of nothing any more, and nobody says so.
    await button(page, thai('settings.discard')).press('Enter');
    await expect(page.getByText(thai('form.latestTaken'))).toHaveCount(0);
    await expect(threshold(page)).toHaveValue('6');
    await target.fill('78');
    await save(page);
    await expect(allSaved(page)).toBeVisible();
    await page.reload();
    await expect(threshold(page)).toHaveValue('6');
    await expect(target).toHaveValue('78');
    await target.fill('79');
    await button(page, thai('settings.discard')).press('Enter');
    await expect(button(page, thai('settings.save'))).toBeFocused();
  });

  await test.step('where it is closed', async () => {
    for (const tab of [page, other]) {
      await open(tab, office.server, 'life');
      await expect(button(tab, thai('life.acts.close'))).toBeVisible();
    }
    await button(other, thai('life.acts.close')).click();
    await expect(button(other, thai('life.undo'))).toBeVisible();
    await button(page, thai('life.acts.to-draft')).click();
    await expect(page.getByRole('alert')).toHaveText(thai('life.changedMeanwhile'));
    await expect(button(page, thai('life.acts.reopen'))).toBeVisible();
    // The button that was pressed is gone, and its focus is on no other.
    await expect(page.getByRole('heading', { name: thai('life.now'), exact: true })).toBeFocused();
  });
});

test('while the office’s page is on its way, words say so', async ({ page, office }) => {
  // Which turns off what moves, but not what says something.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/\.js$/, async (route) => {
    await promise;
    await route.fallback();
  });
  // Nor is it only for browsers that know the newest selectors.
  await page.route(/\.css$/, async (route) => {
    const reply = await route.fetch();
    const body = (await reply.text()).replaceAll(':has(', ':of-a-newer-browser(');
    await route.fulfill({ response: reply, body });
  });
  await page.goto(`${office.server.url}/admin`, { waitUntil: 'commit' });
  const coming = page.getByText(thai('states.loading'));
  await expect(coming).toBeVisible();
  const wordless = page.locator('#wordless');
  await expect(wordless).toBeHidden();
  // As if they had been on their way for twenty seconds, once the style is there.
  const finish = () =>
    page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
  await expect.poll(async () => finish().then(() => wordless.isVisible())).toBe(true);
  resolve();
  await expect(title(page, thai('signIn.title'))).toBeVisible();
  await expect(coming).toHaveCount(0);
  await expect(wordless).toBeHidden();
});
