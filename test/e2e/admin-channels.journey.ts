import type { Browser, Page } from '@playwright/test';
import { channelListSchema, type ChannelSummary } from '#core/contract/assessment.ts';
import { expect, open, signIn, test, thai, title } from './support/admin-journey.ts';
import type { Office } from './support/office.ts';
import { Respondent } from './support/respondent.ts';

const region = (page: Page, tool: 'IIT' | 'EIT') =>
  page.getByRole('region', { name: new RegExp(`^${tool}`) });

/** The row of a channel: the one of a department, or of the whole office. */
const channelRow = (page: Page, tool: 'IIT' | 'EIT', name: string) =>
  region(page, tool)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });

/** Somebody with a phone of their own, which has never been here. */
async function newVisitor(browser: Browser, channel: ChannelSummary): Promise<Respondent> {
  const context = await browser.newContext({ locale: 'th-TH' });
  return new Respondent(await context.newPage(), channel);
}

async function listChannels(office: Office) {
  const { url } = office.server;
  const reply = await office.request.get(
    `${url}/api/v1/assessments/${office.assessment.id}/channels`,
  );
  return channelListSchema.parse(await reply.json()).channels;
}

test('a closed channel takes no responses and gets no poster, until it is opened again', async ({
  page,
  office,
  browser,
}) => {
  const channel = office.channel('eit-2567', 1);
  await signIn(page, office);
  await open(page, office.server, 'channels');
  const row = channelRow(page, 'EIT', 'ฝ่ายโยธา');
  const takes = row.getByRole('switch', { name: thai('channels.switch', { name: 'ฝ่ายโยธา' }) });
  await expect(takes).toBeChecked();
  await takes.click();
  await expect(takes).not.toBeChecked();
  await expect(row).toContainText(thai('channels.closed'));

  const early = await newVisitor(browser, channel);
  await early.page.goto(channel.url);
  await early.sees('closed.heading');
  await page.getByRole('link', { name: thai('channels.printAll'), exact: true }).click();
  await expect(page.getByRole('article')).toHaveCount(23);

  await page.goBack();
  await takes.click();
  await expect(takes).toBeChecked();
  await (await newVisitor(browser, channel)).scan();
});

test('a channel with a fixed kind of service does not ask for it', async ({
  page,
  office,
  browser,
}) => {
  const channel = office.channel('eit-2567', 2);
  const asked = await newVisitor(browser, channel);
  await asked.scan();
  await asked.press('notice.start');
  await asked.isAsked('service');

  await signIn(page, office);
  await open(page, office.server, 'channels');
  const service = channelRow(page, 'EIT', 'ฝ่ายรายได้').getByRole('combobox');
  await service.selectOption('1');
  await expect(service).toHaveValue('1');
  // An arrow key chooses too, and the next goes on from there.
  await service.press('ArrowDown');
  await expect(service).toHaveValue('2');
  await expect(service).toBeFocused();
  await page.reload();
  await expect(service).toHaveValue('2');
  await expect(channelRow(page, 'IIT', 'ฝ่ายรายได้').getByRole('combobox')).toHaveCount(0);

  const known = await newVisitor(browser, { ...channel, service: 2 });
  await known.scan();
  await known.press('notice.start');
  await known.isAsked('E1');
});

test('a channel is found by name or code, and its link and QR code are at hand', async ({
  page,
  office,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const channel = office.channel('iit-2567', 4);
  await signIn(page, office);
  await open(page, office.server, 'channels');
  await page.getByRole('searchbox').fill('เทศกิจ');
  await expect(page.getByText(thai('channels.found', { count: 2, n: 2 }))).toBeVisible();
  await page.getByRole('searchbox').fill('ไม่มีฝ่ายนี้');
  await expect(page.getByRole('heading', { name: thai('channels.nothingFound') })).toBeVisible();
  await page.getByRole('button', { name: thai('states.showAll') }).click();
  await expect(page.getByText(thai('channels.found', { count: 24, n: 24 }))).toBeVisible();
  await page.getByRole('searchbox').fill(channel.code.toLowerCase());
  await expect(page.getByText(thai('channels.found', { count: 1, n: 1 }))).toBeVisible();

  const row = channelRow(page, 'IIT', 'ฝ่ายเทศกิจ');
  await row.getByRole('button', { name: thai('copy.link') }).click();
  await expect(row.getByRole('button', { name: thai('copy.done') })).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(channel.url);

  await row.getByRole('button', { name: thai('channels.showQr') }).click();
  await expect(row.locator('svg.qr')).toBeVisible();
  await expect(row.getByRole('link', { name: channel.url })).toHaveAttribute('href', channel.url);
});

test('a change that does not reach the server is told beside its channel and changes nothing', async ({
  page,
  office,
  complaints,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'channels');
  const row = channelRow(page, 'EIT', 'ฝ่ายโยธา');
  const takes = row.getByRole('switch');
  await expect(takes).toBeChecked();
  complaints.networkIsCut = true;
  await office.server.stop();
  await takes.click();
  await expect(row.getByRole('alert')).toHaveText(thai('errors.unreachable'));
  await expect(takes).toBeChecked();
});

test('departments are renamed, added, retired and used again', async ({
  page,
  office,
  context,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const names = page.getByRole('textbox', { name: thai('departments.name'), exact: true });
  const saveAll = async () => {
    await page.getByRole('button', { name: thai('settings.save') }).click();
    await expect(page.getByText(thai('settings.allSaved'))).toBeVisible();
  };
  const search = page.getByRole('searchbox', { name: thai('departments.search') });
  await search.fill('รายได้');
  await expect(names).toHaveCount(1);
  await names.fill('');
  await search.press('Enter');
  await expect(page.getByRole('alert'), 'searching saves nothing').toHaveCount(0);
  await page.getByRole('button', { name: thai('settings.save') }).click();
  await search.fill('ไม่มีฝ่ายนี้');
  await expect(names, 'what is wrong stays in sight').toHaveCount(1);
  await names.fill('ฝ่ายรายได้');
  await page.getByRole('button', { name: thai('states.showAll') }).click();
  await names.first().fill('ฝ่ายโยธาและผังเมือง');
  await page.getByRole('button', { name: thai('departments.add') }).click();
  await expect(names.last()).toBeFocused();
  await names.last().fill('ฝ่ายพัฒนาดิจิทัล');
  await page.getByRole('group', { name: 'ฝ่ายรายได้' }).getByRole('button').click();
  await expect(page.getByText(thai('settings.unsaved'))).toBeVisible();
  await saveAll();

  const channels = await listChannels(office);
  expect(channels.filter(({ department }) => department === 12)).toHaveLength(2);
  await page.getByRole('link', { name: thai('nav.channels') }).click();
  await expect(channelRow(page, 'IIT', 'ฝ่ายโยธาและผังเมือง')).toBeVisible();
  await expect(channelRow(page, 'EIT', 'ฝ่ายพัฒนาดิจิทัล')).toBeVisible();

  const offered = async (name: string) => {
    const { code } = office.channel('eit-2567', null);
    const reply = await context.request.get(`${office.server.url}/api/v1/channels/${code}`);
    const { departments } = await reply.json();
    return departments.some((department: { name: { th: string } }) => department.name.th === name);
  };
  expect(await offered('ฝ่ายพัฒนาดิจิทัล')).toBe(true);
  expect(await offered('ฝ่ายรายได้')).toBe(false);

  await page.getByRole('link', { name: thai('nav.settings') }).click();
  const retired = page.getByRole('group', { name: 'ฝ่ายรายได้' });
  await expect(retired).toContainText(thai('departments.retired'));
  await retired.getByRole('button', { name: thai('departments.restore') }).click();
  await saveAll();
  expect(await offered('ฝ่ายรายได้')).toBe(true);

  await test.step('where people can complain is told to them once it can be opened', async () => {
    await page.getByRole('button', { name: thai('settings.addComplaint') }).click();
    const name = page.getByRole('textbox', { name: thai('settings.complaintName') });
    await expect(name).toBeFocused();
    await name.fill('สายด่วน');
    const address = page.getByRole('textbox', { name: thai('settings.complaintAddress') });
    await address.fill('ที่ชั้น 1');
    await page.getByRole('button', { name: thai('settings.save') }).click();
    await expect(address).toHaveAttribute('aria-invalid', 'true');
    await address.fill('๑๕๕๕');
    await page.getByRole('button', { name: thai('settings.removeComplaint') }).click();
    await expect(page.getByText(thai('settings.complaintRemoved')).first()).toBeVisible();
    await page.getByRole('button', { name: thai('settings.undo') }).click();
    await expect(name).toBeFocused();
    await saveAll();
    const { code } = office.channel('eit-2567', null);
    const reply = await context.request.get(`${office.server.url}/api/v1/channels/${code}`);
    expect((await reply.json()).complaints).toEqual([
      { name: { th: 'สายด่วน' }, address: 'tel:1555' },
    ]);
  });
});

test('unsaved changes are not lost without a question', async ({ page, office }) => {
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const name = page.getByRole('textbox', { name: thai('office.name'), exact: true });
  await name.fill('สำนักงานเขตบางกอกใหญ่');
  const questions: string[] = [];
  const answers = ['stay', 'stay', 'leave'];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type() === 'confirm' ? dialog.message() : dialog.type());
    void (answers[questions.length - 1] === 'leave' ? dialog.accept() : dialog.dismiss());
  });

  await page.getByRole('link', { name: thai('nav.scores') }).click();
  await expect(title(page, thai('settings.title'))).toBeVisible();
  await expect(name).toHaveValue('สำนักงานเขตบางกอกใหญ่');
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => questions).toEqual([thai('settings.leaveUnsaved'), 'beforeunload']);
  await expect(name).toHaveValue('สำนักงานเขตบางกอกใหญ่');

  await page.getByRole('link', { name: thai('nav.scores') }).click();
  await expect(title(page, thai('scores.title'))).toBeVisible();
  await page.getByRole('link', { name: thai('nav.settings') }).click();
  await expect(name).toHaveValue('สำนักงานเขต');
  expect(questions).toHaveLength(3);
});

test('what was typed for one year does not show up at another', async ({ page, office }) => {
  const { url } = office.server;
  await office.request.post(`${url}/api/v1/assessments/${office.assessment.id}/copies`, {
    data: { fiscalYear: 2569 },
    headers: { origin: url },
  });
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const year = page.getByRole('textbox', { name: thai('office.year') });
  const years = page.getByLabel(thai('app.assessment'), { exact: true });
  await expect(year).toHaveValue('2568');
  await year.fill('2567');
  page.once('dialog', (dialog) => void dialog.dismiss());
  await years.selectOption({ label: '2569' });
  await expect(year).toHaveValue('2567');
  await expect(years).toHaveValue(office.assessment.id);
  page.once('dialog', (dialog) => void dialog.accept());
  await years.selectOption({ label: '2569' });
  await expect(year).toHaveValue('2569');
});

test('what was typed outlives a session that ended', async ({ page, office, context }) => {
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const name = page.getByRole('textbox', { name: thai('office.name'), exact: true });
  await name.fill('สำนักงานเขตบางซื่อ');
  await context.clearCookies();
  await page.getByRole('button', { name: thai('settings.save') }).click();
  const signInAgain = async () => {
    await expect(page.getByText(thai('signIn.ended'))).toBeVisible();
    await page.getByRole('textbox', { name: thai('account.name') }).fill('somsri');
    await page.getByLabel(thai('account.password'), { exact: true }).fill('ratchaphruek-baan-2568');
    await page.getByRole('button', { name: thai('signIn.button'), exact: true }).click();
  };
  await signInAgain();
  await expect(name).toHaveValue('สำนักงานเขตบางซื่อ');
  // Nobody who is signed in is told to sign in.
  const told = page.getByRole('alert');
  await expect(told).toHaveCount(0);
  await page.getByRole('button', { name: thai('settings.save') }).click();
  await expect(page.getByText(thai('settings.allSaved'))).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('สำนักงานเขตบางซื่อ');

  await open(page, office.server, 'channels');
  const first = page.getByRole('switch').first();
  await expect(first).toBeChecked();
  await context.clearCookies();
  await first.click();
  await signInAgain();
  await expect(first).toBeChecked();
  await expect(page.getByText(thai('problems:not-signed-in'))).toHaveCount(0);
});
