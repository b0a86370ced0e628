import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from '@playwright/test';
import { totpOf } from '../server/support/totp.ts';
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
import { linkBack } from './support/link-back.ts';
import { ADMIN } from './support/office.ts';
import { ScreenCheck } from './support/screen-check.ts';

const COLLEAGUE = { name: 'somying', password: 'maalaai-doen-kaam-sapaan' };

/** A row of the people's list. */
const personRow = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

const save = (row: Locator) =>
  row.getByRole('button', { name: thai('people.saveRights') }).press('Enter');

const entry = (page: Page, what: string) =>
  page.getByRole('listitem').filter({ hasText: thai(`audit.actions.${what}`) });

const press = (page: Page, key: string) =>
  page.getByRole('button', { name: thai(key), exact: true }).click();

async function fillAccount(page: Page, account: { name: string; password: string }) {
  await page.getByLabel(thai('account.name')).fill(account.name);
  await page.getByLabel(thai('account.newPassword'), { exact: true }).fill(account.password);
  await press(page, 'setUp.button');
}

async function fillSignIn(page: Page, password: string) {
  await page.getByLabel(thai('account.name')).fill(ADMIN.name);
  await page.getByLabel(thai('account.password'), { exact: true }).fill(password);
  await press(page, 'signIn.button');
}

/** The window of somebody else, who has no cookie of the owner's. */
async function newWindow(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: 'th-TH' })).newPage();
}

test('an owner invites somebody, changes what they may do, and removes them', async ({
  page,
  office,
  browser,
  complaints,
}) => {
  complaints.expect(refusal(409));
  await signIn(page, office);
  await open(page, office.server, 'people');
  await expect(title(page, thai('people.title'))).toBeVisible();
  await page
    .getByLabel(thai('people.role'), { exact: true })
    .selectOption({ label: thai('people.roles.viewer') });
  await press(page, 'people.makeLink');
  const link = (await page.locator('.note .channel-url').textContent()) ?? '';
  await expect(page.getByRole('listitem').filter({ hasText: thai('people.withdraw') })).toHaveCount(
    1,
  );

  const theirs = await newWindow(browser);
  await theirs.goto(link);
  await expect(theirs.getByText(thai('people.meanings.viewer'))).toBeVisible();
  await fillAccount(theirs, COLLEAGUE);
  await expect(title(theirs, thai('overview.title'))).toBeVisible();
  const menu = theirs.getByRole('navigation');
  await expect(menu.getByText(thai('nav.people'))).toHaveCount(0);
  for (const place of ['people', 'settings', 'new']) {
    await open(theirs, office.server, place);
    await expect(title(theirs, thai('notAllowed.title'))).toBeVisible();
  }

  await page.reload();
  const row = personRow(page, COLLEAGUE.name);
  const role = row.getByRole('combobox');
  // An arrow key chooses, and makes nobody an admin on the way.
  await role.press('ArrowUp');
  await expect(role).toHaveValue('admin');
  await row.getByRole('button', { name: thai('people.rightsNot') }).press('Enter');
  await expect(role).toHaveValue('viewer');
  await expect(role).toBeFocused();
  await role.press('ArrowDown');
  await save(row);
  await expect(
    page.getByText(
      thai('people.changed', { name: COLLEAGUE.name, role: thai('people.roles.auditor') }),
    ),
  ).toBeVisible();
  await expect(role).toBeFocused();
  await page.reload();
  await expect(role).toHaveValue('auditor');
  await open(theirs, office.server);
  await expect(title(theirs, thai('audit.title'))).toBeVisible();
  await expect(menu.getByRole('link')).toHaveText([thai('nav.audit')]);
  await expect(menu.getByRole('link')).toHaveAttribute('aria-current', 'page');
  // An assessment that they do not look at is none to choose.
  await expect(theirs.getByRole('banner').getByText(office.assessment.organization.th)).toHaveCount(
    0,
  );
  await expect(entry(theirs, 'role-changed')).toHaveCount(1);
  await expect(entry(theirs, 'role-changed')).toContainText(COLLEAGUE.name);

  const own = personRow(page, ADMIN.name);
  await own.getByRole('combobox').selectOption({ label: thai('people.roles.viewer') });
  await expect(own.getByText(thai('people.ownRights'))).toBeVisible();
  await save(own);
  await expect(own.getByRole('alert')).toHaveText(thai('problems:last-owner'));
  await own.getByRole('button', { name: thai('people.rightsNot') }).click();
  const saves = row.getByRole('button', { name: thai('people.saveRights') });
  const letChangeGo = await holdBack(page, /\/people\/[^/]+$/);
  await role.selectOption({ label: thai('people.roles.owner') });
  await save(row);
  // What is chosen while it is on its way stays chosen.
  await role.selectOption({ label: thai('people.roles.admin') });
  await expect(saves).toBeDisabled();
  letChangeGo();
  await expect(saves).toBeEnabled();
  await expect(role).toHaveValue('admin');
  const letSaveGo = await holdBack(page, /\/people\/[^/]+$/);
  await save(row);
  // Nor is anybody called back who went on elsewhere.
  const invited = page.getByLabel(thai('people.role'), { exact: true });
  await invited.focus();
  letSaveGo();
  await expect(saves).toHaveCount(0);
  await expect(role).toHaveValue('admin');
  await expect(invited).toBeFocused();
  await open(theirs, office.server, 'settings');
  const department = theirs.locator('[id^=department-][id$=-name-th]').last();
  await department.fill('ฝ่ายที่พิมพ์ค้างไว้');
  // In another tab a new assessment, of which one screen is filled in and another begun.
  const second = await theirs.context().newPage();
  await open(second, office.server, 'new');
  await second.getByLabel(thai('office.name'), { exact: true }).fill('เขตที่พิมพ์ค้างไว้');
  await press(second, 'newAssessment.next');
  await second.locator('[id^=department-1-target-]').first().fill('77');

  await row
    .getByRole('button', { name: thai('people.removeName', { name: COLLEAGUE.name }) })
    .click();
  await row.getByRole('button', { name: thai('people.remove'), exact: true }).click();
  await expect(row).toHaveCount(0);
  // Nobody tells them to sign in, which they cannot; what they typed can be copied, and nothing else of the page is there.
  await press(theirs, 'settings.save');
  await expect(title(theirs, thai('accountGone.title'))).toBeFocused();
  const typed = theirs.getByRole('region', { name: thai('accountGone.typed') });
  await expect(typed.getByRole('definition')).toHaveText(['ฝ่ายที่พิมพ์ค้างไว้']);
  await expect(typed.getByRole('term')).toHaveText([/^ฝ่ายที่พิมพ์ค้างไว้ \d+ · /]);
  await expect(typed.getByRole('button', { name: thai('copy.typed') })).toBeVisible();
  await expect(theirs.getByText(thai('signIn.ended'))).toHaveCount(0);
  await press(second, 'newAssessment.create');
  await expect(title(second, thai('accountGone.title'))).toBeFocused();
  const ofBoth = second.getByRole('region', { name: thai('accountGone.typed') });
  await expect(ofBoth.getByRole('definition')).toHaveText(['เขตที่พิมพ์ค้างไว้', '77']);
  await expect(ofBoth.getByRole('term').first()).toHaveText(thai('office.name'));
  await second.close();
  theirs.once('dialog', (dialog) => void dialog.accept());
  await press(theirs, 'accountGone.leave');
  await expect(title(theirs, thai('signIn.title'))).toBeVisible();
  await theirs.reload();
  await expect(title(theirs, thai('signIn.title'))).toBeVisible();
  await theirs.context().close();
});

test('an invitation that was withdrawn or used opens nothing', async ({
  page,
  office,
  browser,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'people');
  await press(page, 'people.makeLink');
  const link = (await page.locator('.note .channel-url').textContent()) ?? '';
  await press(page, 'people.withdraw');
  await expect(page.getByText(thai('people.withdrawSure'))).toBeFocused();
  await press(page, 'people.withdrawNot');
  // Whoever has no mouse goes on where they were, and not at the top of the page.
  const withdraw = page.getByRole('button', { name: thai('people.withdraw'), exact: true });
  await expect(withdraw).toBeFocused();
  await withdraw.press('Enter');
  await expect(page.getByText(thai('people.withdrawSure'))).toBeFocused();
  await press(page, 'people.withdraw');
  await expect(page.getByText(thai('people.noneWaits'), { exact: true })).toBeVisible();
  // On a phone this is far below the top of the page.
  await expect(page.getByText(thai('people.withdrawn'))).toBeInViewport();
  const theirs = await newWindow(browser);
  await theirs.goto(link);
  await expect(title(theirs, thai('setUp.usedTitle'))).toBeVisible();
  await theirs.context().close();
});

test('a code of an authenticator app is asked for besides the password', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(401));
  complaints.expect(refusal(412));
  await signIn(page, office);
  await open(page, office.server, 'account');
  const section = page.getByRole('region', { name: thai('ownAccount.twoFactor') });
  const password = section.getByLabel(thai('ownAccount.currentPassword'), { exact: true });
  await password.fill('wrong');
  await press(page, 'ownAccount.beginTwoFactor');
  await expect(section.getByRole('alert')).toHaveText(thai('ownAccount.passwordWrong'));
  await password.fill(ADMIN.password);
  await press(page, 'ownAccount.beginTwoFactor');
  // Begun again in another tab: what is shown here opens nothing any more, which is said, and it can be begun here once more.
  await section.locator('.backup-codes').waitFor();
  await page.request.post(`${office.server.url}/api/v1/account/two-factor`, {
    data: { password: ADMIN.password },
    headers: { origin: office.server.url },
  });
  await section.getByLabel(thai('ownAccount.code')).fill('123456');
  await press(page, 'ownAccount.confirm');
  await expect(section.getByRole('alert')).toHaveText(thai('ownAccount.enrolmentOver'));
  await password.fill(ADMIN.password);
  await press(page, 'ownAccount.beginTwoFactor');
  const secret = (await section.locator('.hint code').textContent()) ?? '';
  const uri = `otpauth://totp/x?secret=${secret.replaceAll(' ', '')}`;
  const backupCodes = await section.locator('.backup-codes code').allTextContents();
  expect(backupCodes).toHaveLength(10);
  // On paper they stand alone: whoever finds it has not the secret of the app as well.
  await page.emulateMedia({ media: 'print' });
  await expect(section.locator('.backup-codes')).toBeVisible();
  await expect(page.getByText(`${ADMIN.name} · ${new URL(office.server.url).host}`)).toBeVisible();
  await expect(section.locator('.enrolment-qr')).toBeHidden();
  await expect(section.locator('.hint code')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  const code = () => totpOf(uri, Date.now());
  await section.getByLabel(thai('ownAccount.code')).fill(code());
  await press(page, 'ownAccount.confirm');
  await expect(section.getByText(thai('ownAccount.twoFactorOn'))).toBeVisible();
  await expect(section.getByRole('heading').first()).toBeFocused();

  await press(page, 'signIn.leave');
  await fillSignIn(page, ADMIN.password);
  await expect(title(page, thai('signIn.codeTitle'))).toBeVisible();
  const field = page.getByLabel(thai('ownAccount.code'));
  await expect(field).toBeFocused();
  await field.fill('000000');
  await press(page, 'signIn.button');
  await expect(page.getByRole('alert')).toHaveText(thai('ownAccount.codeWrong'));
  // The sixth is taken no more, and would not be if it were right.
  for (let guess = 2; guess <= 6; guess += 1) {
    const answered = page.waitForResponse(`${office.server.url}/api/v1/session/code`);
    await field.fill(guess === 6 ? code() : `00000${guess}`);
    await press(page, 'signIn.button');
    await answered;
  }
  await expect(page.getByRole('alert')).toContainText(thai('problems:sign-in-expired'));
  await expect(page.getByLabel(thai('account.name'))).toHaveValue(ADMIN.name);
  await fillSignIn(page, ADMIN.password);
  await field.fill(code().replace(/(...)(...)/, '$1 $2'));
  await press(page, 'signIn.button');
  await expect(title(page, thai('ownAccount.title'))).toBeVisible();

  await press(page, 'signIn.leave');
  await fillSignIn(page, ADMIN.password);
  await page.getByLabel(thai('ownAccount.code')).fill((backupCodes[0] ?? '').toLowerCase());
  await press(page, 'signIn.button');
  await expect(title(page, thai('ownAccount.title'))).toBeVisible();
  await expect(page.getByText(thai('signIn.backupCodeUsed', { count: 9, n: 9 }))).toBeVisible();
  await expect(
    section.getByText(thai('ownAccount.backupCodesLeft', { count: 9, n: 9 })),
  ).toBeVisible();
  await password.fill(ADMIN.password);
  await press(page, 'ownAccount.renewBackupCodes');
  await expect(section.locator('.backup-codes code')).toHaveCount(10);
  await expect(section.locator('.backup-codes code').first()).not.toHaveText(backupCodes[0] ?? '');
  await expect(
    section.getByText(thai('ownAccount.backupCodesLeft', { count: 10, n: 10 })),
  ).toBeVisible();
  await password.fill(ADMIN.password);
  await press(page, 'ownAccount.endTwoFactor');
  await expect(section.getByText(thai('ownAccount.twoFactorOff'))).toBeVisible();
});

test('sessions can be ended, and a new password ends the others', async ({
  page,
  office,
  playwright,
}) => {
  // In this browser one after the other, of which the first ends; and on another device.
  await signIn(page, office);
  await signIn(page, office);
  const { url } = office.server;
  const elsewhere = await playwright.request.newContext();
  await elsewhere.post(`${url}/api/v1/session`, { data: ADMIN, headers: { origin: url } });
  await elsewhere.dispose();
  await open(page, office.server, 'account');
  const sessions = page.getByRole('region', { name: thai('ownAccount.sessions') });
  await expect(sessions.getByRole('listitem')).toHaveCount(3);
  await sessions.getByRole('button').first().click();
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByRole('heading')).toBeFocused();
  const next = 'kaan-nii-mai-ngaai-2569';
  await page
    .locator('form')
    .filter({ has: page.getByRole('heading', { name: thai('ownAccount.password') }) })
    .getByLabel(thai('ownAccount.currentPassword'), { exact: true })
    .fill(ADMIN.password);
  await page.getByLabel(thai('ownAccount.nextPassword'), { exact: true }).fill(next);
  await press(page, 'ownAccount.changePassword');
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await press(page, 'signIn.leave');
  await fillSignIn(page, next);
  await expect(title(page, thai('ownAccount.title'))).toBeVisible();
});

test('the log is searched, verified, saved, and a saved file is verified', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'audit');
  await expect(entry(page, 'assessment-made')).toContainText('เขต');
  const search = page.getByRole('search');
  const found = (count: number) =>
    expect(page.locator('.log-found')).toHaveText(thai('audit.found', { count, n: count }));
  const choose = (key: string, label: string) =>
    search.getByLabel(thai(`audit.${key}`), { exact: true }).selectOption({ label });
  const acts = page.getByRole('region', { name: thai('audit.verifyTitle') });
  const onPaper = async (isSearched: boolean) => {
    await page.emulateMedia({ media: 'print' });
    await expect(acts).toBeHidden();
    await expect(page.locator('.log-filters')).toBeVisible({ visible: isSearched });
    await page.emulateMedia({ media: 'screen' });
  };
  await onPaper(false);
  await choose('what', thai('audit.actions.account-made'));
  await onPaper(true);
  await found(1);
  await expect(page.locator('.log-entry')).toHaveCount(1);
  await choose('who', thai('audit.actors.server'));
  await found(0);
  await expect(page.getByText(thai('audit.emptyTitle'))).toBeVisible();
  await page.reload();
  await found(0);
  await press(page, 'audit.clear');
  await found(4);
  await search.getByLabel(thai('audit.from')).fill('2024-01-01');
  await search.getByLabel(thai('audit.to')).fill('2024-01-02');
  await found(0);
  await press(page, 'audit.clear');
  await found(4);

  await press(page, 'audit.verify');
  const told = acts.getByRole('status');
  await expect(told).toHaveText(thai('audit.intact', { count: 4, n: 4 }));
  const download = page.waitForEvent('download');
  await press(page, 'audit.export');
  const file = readFileSync(await (await download).path(), 'utf8');
  await expect(entry(page, 'log-exported')).toHaveCount(1);

  const judge = (text: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'log.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  await judge(file);
  await expect(told).toHaveText(thai('audit.intact', { count: 4, n: 4 }));
  await judge(file.replace('"account-made"', '"signed-in"'));
  await expect(told).toHaveText(thai('audit.changed', { n: 2 }));
  await judge('something else');
  await expect(told).toHaveText(thai('audit.unreadable'));
});

for (const { screen, use } of [
  { screen: 'a phone', use: {} },
  { screen: 'a laptop', use: LAPTOP },
])
  test.describe(`on ${screen}`, () => {
    test.use(use);

    test('the pages of people are readable and reachable', async ({ page, office }) => {
      await signIn(page, office);
      const check = new ScreenCheck(page);
      await open(page, office.server, 'people');
      await press(page, 'people.makeLink');
      await expect(page.locator('.note .channel-url')).toBeVisible();
      await check.look('people');
      const link = (await page.locator('.note .channel-url').textContent()) ?? '';
      await open(page, office.server, 'audit');
      await expect(page.locator('.log-entry').first()).toBeVisible();
      await check.look('the log');
      await open(page, office.server, 'account');
      await page.locator('#two-factor-password').fill(ADMIN.password);
      await press(page, 'ownAccount.beginTwoFactor');
      await expect(page.locator('.backup-codes')).toBeVisible();
      await check.look('the account');
      await page.goto(link);
      await expect(page.getByText(thai('people.meanings.viewer'))).toBeVisible();
      await check.look('joining');
      await page.goto(linkBack(office));
      await expect(title(page, thai('recover.title'))).toBeVisible();
      await check.look('the way back');
      check.expectNoFaults();
    });
  });
