import type { Locator, Page } from '@playwright/test';
import { expect, join, LAPTOP, open, signIn, test, thai, title } from './support/admin-journey.ts';
import { holdBack } from './support/hold-back.ts';
import { ADMIN, MEASURE } from './support/office.ts';

test.use(LAPTOP);

const KIOSK = 'เคาน์เตอร์ทะเบียน';

/** Whether nothing lies over the foot of a field. */
const isSeen = async (field: Locator) =>
  field.evaluate((shown) => {
    const { left, bottom } = shown.getBoundingClientRect();
    return shown.contains(document.elementFromPoint(left + 20, bottom - 4));
  });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('what is typed while a save is on its way stays, and is not called stored', async ({
  page,
  office,
}) => {
  await office.plan(MEASURE);
  await signIn(page, office);
  const unsaved = page.getByText(thai('settings.unsaved'), { exact: true });
  const allSaved = page.getByText(thai('settings.allSaved'), { exact: true });

  await test.step('in the settings', async () => {
    await open(page, office.server, 'settings');
    const threshold = page.getByLabel(thai('settings.threshold'));
    await threshold.fill('6');
    const letGo = await holdBack(page, /\/assessments\/[^/]+$/);
    await button(page, thai('settings.save')).click();
    await threshold.fill('7');
    letGo();
    await expect(page.getByText(thai('settings.saved'), { exact: true })).toBeVisible();
    await expect(threshold).toHaveValue('7');
    await expect(unsaved).toBeVisible();
    await button(page, thai('settings.save')).click();
    await expect(allSaved).toBeVisible();
    await page.reload();
    await expect(threshold).toHaveValue('7');
  });

  await test.step('in the figures of the year before', async () => {
    await open(page, office.server, 'figures');
    const score = page.getByLabel(thai('figures.assessorScore'));
    await score.fill('88.1');
    const letGo = await holdBack(page, /\/figures$/);
    await button(page, thai('settings.save')).click();
    await score.fill('88.12');
    letGo();
    await expect(page.getByText(thai('figures.saved'), { exact: true })).toBeVisible();
    await expect(score).toHaveValue('88.12');
    await expect(unsaved).toBeVisible();
    await button(page, thai('settings.save')).click();
    await expect(allSaved).toBeVisible();
  });

  await test.step('in a measure', async () => {
    await open(page, office.server, 'measures');
    const named = (key: string) => button(page, `${thai(key)} ${MEASURE.action}`);
    await named('measures.edit').click();
    const steps = page.getByRole('textbox', { name: thai('measures.steps') });
    await steps.fill('ออกแบบป้าย');
    const letGo = await holdBack(page, /\/measures\/[^/]+$/);
    await named('measures.save').click();
    await steps.fill('ออกแบบป้าย ติดป้าย');
    letGo();
    await expect(named('measures.save')).toHaveAttribute('aria-disabled', 'false');
    await expect(steps).toHaveValue('ออกแบบป้าย ติดป้าย');
    await named('measures.save').click();
    await expect(page.getByText('ออกแบบป้าย ติดป้าย', { exact: true })).toBeVisible();
  });

  await test.step('in an item of what is published', async () => {
    await open(page, office.server, 'oit');
    await button(page, `${thai('oit.edit')} O1`).click();
    const note = page.getByRole('textbox', { name: thai('oit.note') });
    await note.fill('รอเจ้าหน้าที่');
    const letGo = await holdBack(page, /\/oit\//);
    await button(page, `${thai('oit.save')} O1`).click();
    await note.fill('รอเจ้าหน้าที่ ถึงวันศุกร์');
    letGo();
    await expect(button(page, `${thai('oit.save')} O1`)).toHaveAttribute('aria-disabled', 'false');
    await expect(note).toHaveValue('รอเจ้าหน้าที่ ถึงวันศุกร์');
    await button(page, `${thai('oit.save')} O1`).click();
    await expect(page.getByText('รอเจ้าหน้าที่ ถึงวันศุกร์', { exact: true })).toBeVisible();
  });

  await test.step('in the tree of organizations', async () => {
    await open(page, office.server, 'organizations');
    const form = page.getByRole('region', { name: thai('organizations.add'), exact: true });
    const name = form.getByRole('textbox').first();
    await name.fill('เขตบางรัก');
    const letGo = await holdBack(page, /\/organizations$/);
    await form.getByRole('button', { name: thai('organizations.add'), exact: true }).click();
    await name.fill('เขตปทุมวัน');
    letGo();
    await expect(page.getByRole('heading', { level: 3, name: 'เขตบางรัก' })).toBeVisible();
    await expect(name).toHaveValue('เขตปทุมวัน');
  });

  await test.step('of a new assessment, which takes nothing more while it is made', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await open(page, office.server, 'new');
    const name = page.getByRole('textbox', { name: thai('office.name') });
    await name.fill('เขตสาทร');
    await button(page, thai('newAssessment.next')).click();
    const department = page.locator('[id^=department-][id$=-name-th]').first();
    await department.fill('ฝ่ายแรก');
    const letGo = await holdBack(page, /\/assessments$/);
    await department.press('Enter');
    await expect(button(page, thai('newAssessment.create'))).toBeFocused();
    await page.keyboard.type('กข');
    await expect(department).toHaveValue('ฝ่ายแรก');
    await expect(page.locator('[inert]').filter({ has: department })).toBeVisible();
    // What is typed on the screen before is another one by then.
    await page.goBack();
    await name.fill('เขตยานนาวา');
    letGo();
    await expect(page.getByText(thai('newAssessment.created.draft'))).toBeVisible();
    await expect(name).toHaveValue('เขตยานนาวา');
  });
});

test('a session that ended under a form loses nothing, and stores nothing as somebody else', async ({
  page,
  office,
}) => {
  const { url } = office.server;
  const headers = { origin: url };
  await join(page, office, 'admin');
  await page.context().clearCookies();
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const name = page.locator('[id^=department-][id$=-name-th]').last();
  await name.fill('ฝ่ายทดสอบ');

  // Somebody else signs in meanwhile, in another of the browser's tabs.
  const colleague = { name: 'somying', password: 'ม้าลายเดินข้ามสะพาน' };
  await page.request.post(`${url}/api/v1/session`, { data: colleague, headers });
  const save = button(page, thai('settings.save'));
  await save.click();
  await expect(page.getByText(thai('signIn.ended'))).toBeVisible();
  await expect(title(page, thai('signIn.title'))).toBeFocused();

  await page.getByLabel(thai('account.name')).fill(ADMIN.name);
  await page.getByLabel(thai('account.password'), { exact: true }).fill(ADMIN.password);
  await button(page, thai('signIn.button')).click();
  await expect(save).toBeFocused();
  await expect(name).toHaveValue('ฝ่ายทดสอบ');
  await expect(name).toBeInViewport();
  await save.click();
  await expect(page.getByText(thai('settings.allSaved'), { exact: true })).toBeVisible();
  const { entries } = await (await office.request.get(`${url}/api/v1/audit`)).json();
  const [{ action, name: who }] = entries;
  expect({ action, who }).toEqual({ action: 'assessment-changed', who: ADMIN.name });
});

test('what waited to come in is asked for at once after the next sign-in', async ({
  page,
  office,
}) => {
  await page.clock.install();
  await signIn(page, office);
  await open(page, office.server, 'set-aside');
  const heading = title(page, thai('setAside.title'));
  await expect(heading).toBeVisible();
  const notAnswered = page.getByRole('button', { name: thai('states.retry') });
  await page.context().clearCookies();
  let refused = 0;
  page.on('response', (reply) => {
    if (reply.url().endsWith('/deliveries') && reply.status() === 401) refused += 1;
  });
  // Asked in vain so often that by itself it is not asked again for half a minute.
  const isAskedAgain = async () => {
    await page.clock.fastForward(60_000);
    return refused;
  };
  await expect.poll(isAskedAgain).toBeGreaterThanOrEqual(3);
  await page.getByLabel(thai('account.name')).fill(ADMIN.name);
  await page.getByLabel(thai('account.password'), { exact: true }).fill(ADMIN.password);
  await button(page, thai('signIn.button')).click();
  await expect(heading).toBeVisible();
  await expect(notAnswered).toHaveCount(0);
});

test('who changes a tablet by keyboard goes on at it, and who removes it at the top of the page', async ({
  page,
  office,
}) => {
  await office.makeKiosk([office.channel('eit-2567', 1)], '290467', KIOSK);
  await signIn(page, office);
  await open(page, office.server, 'kiosks');
  const change = button(page, thai('kiosks.changeName', { name: KIOSK }));
  await change.press('Enter');
  await expect(page.getByRole('listitem').getByRole('textbox').first()).toBeFocused();
  await button(page, thai('kiosks.cancel')).press('Enter');
  await expect(change).toBeFocused();
  const revoke = button(page, thai('kiosks.revokeName', { name: KIOSK }));
  // The question takes the focus a moment after it is there.
  const asked = page.getByText(thai('kiosks.revokeSure', { name: KIOSK }));
  await revoke.press('Enter');
  await expect(asked).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(revoke).toBeFocused();
  await revoke.press('Enter');
  await expect(asked).toBeFocused();
  await button(page, thai('kiosks.revoke')).press('Enter');
  await expect(page.getByText(thai('kiosks.none'))).toBeVisible();
  await expect(title(page, thai('kiosks.title'))).toBeFocused();
});

test('no form is left by mistake while something is typed that is not stored', async ({
  page,
  office,
}) => {
  await office.makeKiosk([office.channel('eit-2567', 1)], '290467', KIOSK);
  await signIn(page, office);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'confirm') asked.push(dialog.message());
    return dialog.type() === 'confirm' ? dialog.dismiss() : dialog.accept();
  });
  const kiosk = page.getByRole('region', { name: thai('kiosks.add') });
  const fields = [
    { place: 'organizations', field: page.locator('#new-organization-name-th') },
    { place: 'organizations-import', field: page.getByLabel(thai('orgImport.paste')) },
    { place: 'kiosks', field: kiosk.getByRole('textbox').first() },
    {
      place: 'kiosks',
      field: page.getByRole('listitem').getByRole('textbox').first(),
      inside: button(page, thai('kiosks.changeName', { name: KIOSK })),
    },
    {
      place: 'oit',
      field: page.locator('details input').first(),
      inside: page.getByText(thai('oit.weights.title'), { exact: true }),
    },
  ];
  for (const [index, { place, field, inside }] of fields.entries()) {
    await open(page, office.server, place);
    await inside?.click();
    await field.fill('7');
    await page.getByRole('link', { name: thai('nav.report'), exact: true }).click();
    await expect.poll(() => asked, place).toHaveLength(index + 1);
    await expect(field).toHaveValue('7');
  }
});

test('what one types in does not go behind the bar that saves, which comes with the first letter', async ({
  page,
  office,
}) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const target = page.locator('[id^=department-2-target-]').first();
  await expect(target).toBeVisible();
  // It stands where the bar comes.
  await target.evaluate((field) => {
    field.focus({ preventScroll: true });
    scrollBy(0, field.getBoundingClientRect().bottom - innerHeight + 80);
  });
  await page.keyboard.type('7');
  await expect(page.getByText(thai('settings.unsaved'), { exact: true })).toBeVisible();
  await expect.poll(() => isSeen(target)).toBe(true);
  // Nor does what the next key leads to.
  for (let step = 1; step <= 4; step += 1) {
    await page.keyboard.press('Tab');
    await expect.poll(() => isSeen(page.locator(':focus'))).toBe(true);
  }
});
