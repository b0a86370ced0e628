import type { Locator, Page } from '@playwright/test';
import { expect, LAPTOP, open, refusal, test, thai, title } from './support/admin-journey.ts';
import { ADMIN } from './support/office.ts';

const SCREENS = [
  { screen: 'a phone', use: {} },
  { screen: 'a laptop', use: LAPTOP },
];

const field = (page: Page, label: string) => page.getByRole('textbox', { name: label });

const left = async (locator: Locator) => (await locator.boundingBox())?.x ?? 0;

async function tryAccount(page: Page, name: string, password: string): Promise<void> {
  await field(page, thai('account.name')).fill(name);
  await page.getByLabel(thai('account.newPassword'), { exact: true }).fill(password);
  await page.getByRole('button', { name: thai('setUp.button') }).click();
}

async function trySignIn(page: Page, name: string, password: string): Promise<void> {
  await field(page, thai('account.name')).fill(name);
  await page.getByLabel(thai('account.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: thai('signIn.button'), exact: true }).click();
}

for (const { screen, use } of SCREENS)
  test.describe(`on ${screen}`, () => {
    test.use(use);

    test('the printed link leads to an account and an assessment with its channels', async ({
      page,
      server,
      complaints,
    }) => {
      complaints.expect(refusal(422));
      await page.goto(server.setUpLink);
      await expect(title(page, thai('setUp.title'))).toBeVisible();

      const password = page.getByLabel(thai('account.newPassword'), { exact: true });
      await tryAccount(page, ADMIN.name, 'short');
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(password).toHaveAccessibleDescription(new RegExp(thai('account.passwordHint')));
      await tryAccount(page, ADMIN.name, `${ADMIN.name}123456`);
      await expect(password).toHaveAccessibleDescription(
        new RegExp(thai('problems:password-too-weak')),
      );
      await expect(password).toHaveValue(`${ADMIN.name}123456`);

      await tryAccount(page, ADMIN.name, ADMIN.password);
      await expect(title(page, thai('newAssessment.officeTitle'))).toBeFocused();
      const office = field(page, thai('office.name'));
      await expect(office).toHaveValue('');
      await expect(office).toHaveAccessibleDescription(thai('office.nameHint'));
      await page.getByRole('button', { name: thai('newAssessment.next') }).click();
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(office).toHaveAccessibleDescription(
        new RegExp(thai('fieldProblems.name-missing')),
      );
      await office.fill('สำนักงานเขตบางรัก');
      await page.getByRole('button', { name: thai('newAssessment.next') }).click();

      await expect(title(page, thai('newAssessment.departmentsTitle'))).toBeFocused();
      const first = page.getByRole('group', { name: 'ฝ่ายโยธา' });
      await expect(first).toBeVisible();
      const name = field(page, thai('departments.name')).first();
      expect((await left(name)) - (await left(first)), 'the name stands first').toBeLessThan(40);
      await name.fill('ฝ่ายโยธาและผังเมือง');
      await expect(page.getByText(thai('names.othersRemoved'))).toHaveCount(1);
      await first.getByLabel(thai('departments.target', { tool: 'IIT' })).fill('๑๕');
      await first.getByLabel(thai('departments.target', { tool: 'EIT' })).fill('ยี่สิบ');
      await expect(page.getByLabel(thai('newAssessment.begin.open'))).toBeChecked();
      await page.getByRole('button', { name: thai('newAssessment.create') }).click();
      await expect(
        first.getByLabel(thai('departments.target', { tool: 'EIT' })),
      ).toHaveAccessibleDescription(thai('fieldProblems.target-invalid'));
      await first.getByLabel(thai('departments.target', { tool: 'EIT' })).fill('20');
      // The answer gets lost, and it is sent again.
      complaints.networkIsCut = true;
      const made = '**/api/v1/assessments';
      await page.route(made, async (route) => {
        await route.fetch();
        await route.abort();
      });
      const create = page.getByRole('button', { name: thai('newAssessment.create') });
      await create.click();
      await expect(page.getByRole('alert')).toContainText(thai('errors.unreachable'));
      await page.unroute(made);
      complaints.networkIsCut = false;
      await create.click();

      await expect(page.getByText(thai('newAssessment.created.open'))).toBeVisible();
      await expect(page.getByRole('heading', { name: 'ฝ่ายโยธาและผังเมือง' })).toHaveCount(2);
      await expect(page.getByText(thai('channels.found', { count: 24, n: 24 }))).toBeVisible();

      await page.reload();
      await page.getByRole('link', { name: thai('nav.settings') }).click();
      await expect(
        page.getByLabel(thai('departments.target', { tool: 'IIT' })).first(),
      ).toHaveValue('15');
      await expect(office).toHaveValue('สำนักงานเขตบางรัก');
      await expect(page.locator('#assessment'), 'there is nothing to choose from').toHaveCount(0);
      const inEnglish = page.getByLabel(thai('names.en'), { exact: true });
      await expect(inEnglish.nth(0), 'the office was given none').toHaveValue('');
      await expect(inEnglish.nth(1), 'the old name does not stay').toHaveValue('');
      await expect(inEnglish.nth(2), 'one from the template stays').not.toHaveValue('');
    });

    test('signing out closes every page until one signs in again', async ({
      page,
      office,
      complaints,
    }) => {
      const { url } = office.server;
      await page.goto(`${url}/admin`);
      await trySignIn(page, ADMIN.name, 'not-the-password-of-anybody');
      await expect(page.getByRole('alert')).toContainText(thai('problems:sign-in-failed'));
      await expect(field(page, thai('account.name'))).toHaveValue(ADMIN.name);
      await trySignIn(page, ADMIN.name, ADMIN.password);
      await expect(title(page, thai('overview.title'))).toBeVisible();

      const leave = page.getByRole('button', { name: thai('signIn.leave') });
      // One is still signed in, and told so as of something that went wrong.
      complaints.networkIsCut = true;
      await page.route('**/session', (route) => route.abort());
      await leave.click();
      await expect(page.getByRole('alert')).toHaveText(thai('errors.unreachable'));
      await page.unroute('**/session');
      complaints.networkIsCut = false;
      await leave.click();
      await expect(title(page, thai('signIn.title'))).toBeVisible();
      for (const place of ['', 'scores', 'channels', 'posters', 'settings', 'new']) {
        await page.goto(`${url}/admin/${place}`);
        await expect(title(page, thai('signIn.title'))).toBeVisible();
        await expect(page.getByRole('navigation')).toHaveCount(0);
      }
      await page.goto(`${url}/admin/channels`);
      await trySignIn(page, ADMIN.name, ADMIN.password);
      await expect(title(page, thai('channels.title'))).toBeVisible();
    });
  });

test('a new assessment that is opened anew is as it was typed, and in another tab asks for the name', async ({
  page,
  server,
}) => {
  await page.goto(server.setUpLink);
  await tryAccount(page, ADMIN.name, ADMIN.password);
  await field(page, thai('office.name')).fill('สำนักงานเขตบางรัก');
  await page.getByRole('button', { name: thai('newAssessment.next') }).click();
  await expect(title(page, thai('newAssessment.departmentsTitle'))).toBeVisible();
  await page.reload();
  await expect(title(page, thai('newAssessment.departmentsTitle'))).toBeVisible();
  await page.getByRole('link', { name: thai('newAssessment.back') }).click();
  await expect(field(page, thai('office.name'))).toHaveValue('สำนักงานเขตบางรัก');
  const other = await page.context().newPage();
  await open(other, server, 'new/departments');
  await expect(title(other, thai('newAssessment.officeTitle'))).toBeVisible();
  await expect(field(other, thai('office.name'))).toHaveValue('');
});

test('the set-up link works once, and a used or bad one says what to do', async ({
  page,
  server,
  context,
  complaints,
}) => {
  complaints.expect(refusal(410));
  const link = server.setUpLink;
  const late = await context.newPage();
  await late.goto(link);
  await expect(title(late, thai('setUp.title'))).toBeVisible();

  await page.goto(link);
  await tryAccount(page, ADMIN.name, ADMIN.password);
  await expect(title(page, thai('newAssessment.officeTitle'))).toBeVisible();

  await tryAccount(late, 'somchai', ADMIN.password);
  await expect(title(late, thai('setUp.usedTitle'))).toBeFocused();
  for (const used of [
    link,
    `${server.url}/admin/set-up?token=guess`,
    `${server.url}/admin/set-up`,
  ]) {
    await late.goto(used);
    await expect(title(late, thai('setUp.usedTitle'))).toBeVisible();
    await expect(late.getByText(thai('setUp.usedNewLink'))).toBeVisible();
  }
  await late.getByRole('link', { name: thai('signIn.title') }).click();
  await expect(title(late, thai('newAssessment.officeTitle'))).toBeVisible();
});

test('after ten wrong passwords one is told to wait, even with the right one', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(429));
  await page.goto(`${office.server.url}/admin`);
  const alert = page.getByRole('alert');
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const answered = page.waitForResponse(/\/api\/v1\/session$/);
    await trySignIn(page, ADMIN.name, `a wrong password ${attempt}`);
    expect((await answered).status()).toBe(401);
    await expect(alert).toContainText(thai('problems:sign-in-failed'));
  }
  await trySignIn(page, ADMIN.name, ADMIN.password);
  await expect(alert).toContainText(thai('problems:too-many-attempts'));
  await expect(alert).toBeFocused();
  await expect(page.getByLabel(thai('account.password'), { exact: true })).toHaveValue(
    ADMIN.password,
  );
});
