import type { Locator, Page } from '@playwright/test';
import type { AssessmentDraft } from '#core/contract/assessment.ts';
import { expect, open, refusal, signIn, test, thai, title } from './support/admin-journey.ts';
import type { Office } from './support/office.ts';
import { people, sendAnswers } from './support/responses.ts';
import { untilLaidOut } from './support/screen-check.ts';

/** A response shows by itself in two seconds, on a busy machine later. Without a stream it would take a minute. */
const LIVE = { timeout: 25_000 };
/** How soon the page finds a server that came back: it tries more slowly while it is away. */
const BACK = { timeout: 25_000 };

const region = (page: Page, name: RegExp | string) => page.getByRole('region', { name });
const iitCard = (page: Page) => region(page, /^IIT แบบวัด/);
const row = (table: Locator, name: string) =>
  table.getByRole('row').filter({ has: table.page().getByText(name, { exact: true }) });

const today = () =>
  new Intl.DateTimeFormat('th-TH-u-ca-buddhist-nu-latn', {
    dateStyle: 'long',
    timeZone: 'Asia/Bangkok',
  }).format(new Date());

/** Sets the IIT targets of the first two departments: 3 of public works, 10 of revenue. */
async function setTargets(office: Office): Promise<void> {
  const { id, life: _life, deletedOn: _deletedOn, ...stored } = office.assessment;
  const draft: AssessmentDraft = {
    ...stored,
    departments: stored.departments.map((department) => ({
      ...department,
      targets: { 'iit-2567': { 1: 3, 2: 10 }[department.number] ?? null, 'eit-2567': null },
    })),
  };
  const { url } = office.server;
  const reply = await office.request.put(`${url}/api/v1/assessments/${id}`, {
    data: draft,
    headers: { origin: url },
  });
  expect(reply.status()).toBe(200);
}

test('responses appear by themselves, by department against the target, by language and by day', async ({
  page,
  office,
}) => {
  const began = today();
  await setTargets(office);
  await signIn(page, office);
  let told = 0;
  page.on('requestfinished', (one) => {
    if (one.url().endsWith('participation')) told += 1;
  });
  await open(page, office.server);
  await expect(page.getByRole('heading', { name: thai('overview.nobodyTitle') })).toBeVisible();
  await expect(iitCard(page)).toContainText(thai('overview.ofTarget', { target: 13 }));
  await expect(page.getByText(thai('overview.noDays'), { exact: true })).toBeVisible();
  // Asked as the page opens and as its stream does: what is still on its way might bring the first answers before a finger is down.
  await expect.poll(() => told).toBeGreaterThanOrEqual(2);

  // What comes while a finger is down waits for it: nothing moves away from under it, and the press counts.
  const { promise: isPressed, resolve: press } = Promise.withResolvers<void>();
  await page.route('**/participation', async (route) => {
    await isPressed;
    await route.continue();
  });
  const asked = page.waitForRequest('**/participation');
  await sendAnswers(office, 'iit-2567', [
    ...people(3, { department: 1 }),
    { department: 2, language: 'my' },
    {},
  ]);
  await asked;
  const toSetAside = page.getByRole('link', { name: thai('overview.toSetAside') });
  await toSetAside.hover();
  await page.mouse.down();
  const came = page.waitForEvent('requestfinished', (one) => one.url().endsWith('participation'));
  press();
  await came;
  await untilLaidOut(page);
  await expect(page.getByRole('heading', { name: thai('overview.nobodyTitle') })).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(/set-aside$/);
  await page.unrouteAll();
  await page.goBack();
  await sendAnswers(office, 'eit-2567', people(2, { department: 7, language: 'en' }));
  await expect(page.getByRole('heading', { name: thai('overview.nobodyTitle') })).toBeHidden(LIVE);

  await expect(iitCard(page).getByText('5', { exact: true })).toBeVisible();
  await expect(iitCard(page)).toContainText(thai('overview.missing', { count: 8, missing: 8 }));
  const departments = page.getByRole('table', {
    name: thai('overview.byDepartment', { tool: 'IIT' }),
  });
  await expect(row(departments, 'ฝ่ายโยธา').getByRole('cell')).toHaveText(['3', '3']);
  await expect(row(departments, 'ฝ่ายโยธา')).toContainText(thai('overview.reachedShort'));
  await expect(row(departments, 'ฝ่ายรายได้').getByRole('cell')).toHaveText(['1', '10']);
  await expect(row(departments, 'ฝ่ายรายได้')).toContainText(thai('overview.behind'));
  await expect(row(departments, thai('departments.notSaid')).getByRole('cell').first()).toHaveText(
    '1',
  );

  const languages = region(page, thai('overview.byLanguage'));
  const counts = (language: string) =>
    row(languages, thai(`languages.${language}`)).getByRole('cell');
  const few = /^< 5/;
  await expect(counts('th')).toHaveText([few, few, few]);
  await expect(counts('my')).toHaveText([few, few, few]);
  await expect(counts('zh')).toHaveText(['0', few, few]);

  const days = region(page, thai('overview.byDay'));
  await days.getByText(thai('overview.daysTable')).click();
  const ofDays = async () => {
    const cells = await days.getByRole('cell').allTextContents();
    return cells.reduce((sum, cell) => sum + Number(cell), 0);
  };
  await expect.poll(ofDays).toBe(7);
  // A new day may have begun in Thailand since.
  expect([began, today()]).toContain(await days.getByRole('rowheader').first().textContent());

  await sendAnswers(office, 'iit-2567', people(2, { department: 2 }));
  await expect(row(departments, 'ฝ่ายรายได้').getByRole('cell')).toHaveText(['3', '10'], LIVE);
  await expect.poll(ofDays).toBe(9);
});

test('a target can be a share of the people on the staff list', async ({ page, office }) => {
  await sendAnswers(office, 'iit-2567', people(20, { department: 1 }));
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const first = page.getByRole('group', { name: 'ฝ่ายโยธา' });
  await first.getByLabel(thai('departments.unit', { tool: 'IIT' })).selectOption('share');
  await first.getByLabel(thai('departments.target', { tool: 'IIT' })).fill('80');
  await page.getByRole('button', { name: thai('settings.save') }).click();
  const missing = thai('fieldProblems.head-count-invalid');
  await expect(page.getByRole('alert')).toContainText(missing);
  await first.getByLabel(thai('departments.headCount')).fill('11');
  const second = page.getByRole('group', { name: 'ฝ่ายรายได้' });
  await second.getByLabel(thai('departments.target', { tool: 'IIT' })).fill('10');
  await page.getByRole('button', { name: thai('settings.save') }).click();
  await expect(page.getByText(thai('settings.saved'), { exact: true })).toBeVisible();

  await page.getByRole('link', { name: thai('nav.overview') }).click();
  const departments = page.getByRole('table', {
    name: thai('overview.byDepartment', { tool: 'IIT' }),
  });
  await expect(row(departments, 'ฝ่ายโยธา').getByRole('cell')).toHaveText(['20', '9']);
  // More than all are wanted of, and yet not of the other department.
  await expect(iitCard(page)).toContainText(thai('overview.reachedInAll', { count: 1, n: 1 }));
});

test('the overview tells which posters nobody used, and what the score is without flagged responses', async ({
  page,
  office,
}) => {
  await sendAnswers(office, 'eit-2567', [
    ...people(6, { answers: { E1: 6, E2: 6, E3: 2, E4: 6, E5: 6, E6: 6 } }),
    ...people(5, { quality: ['too-fast'] }),
    ...people(1, { respondent: { p1: 1 } }),
  ]);
  await signIn(page, office);
  await open(page, office.server);

  const quality = page.getByRole('table', { name: 'EIT', exact: true });
  const cells = (key: string) => row(quality, thai(key)).getByRole('cell');
  await expect(cells('scores.allResponses').nth(1)).toHaveText('50.00');
  await expect(cells('scores.without.too-fast')).toHaveText(['5', '85.71', '+35.71']);
  const few = thai('scores.fewer', { threshold: 5 });
  await expect(cells('scores.without.never-contacted').first()).toContainText(few);
  await expect(cells('scores.without.never-contacted').nth(1)).toHaveText(
    thai('scores.complement'),
  );

  const channels = region(page, thai('overview.byChannel'));
  await channels.getByText(thai('overview.channelsTable')).click();
  await expect(channels.getByRole('row').nth(1)).toContainText('12');
  await channels.getByRole('searchbox').fill('eit เทศกิจ');
  await expect(channels.getByRole('row')).toHaveCount(2);
  await expect(channels.getByRole('row').last()).toContainText(thai('overview.channelUnused'));
  await page.getByRole('link', { name: thai('overview.toQuality') }).click();
  await expect(page).toHaveURL(/scores\/quality$/);
});

test('a server that is away is told beside the last figures, until it is back', async ({
  page,
  office,
  complaints,
}) => {
  await sendAnswers(office, 'iit-2567', people(5));
  await signIn(page, office);
  await open(page, office.server);
  const figure = iitCard(page).getByText('5', { exact: true });
  await expect(figure).toBeVisible();
  const weakest = page.getByText('0.00', { exact: true }).first();
  await expect(weakest).toBeVisible();

  complaints.networkIsCut = true;
  // A request, and the stream, under way when the power goes.
  complaints.expect(/ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/);
  await office.server.stop('SIGKILL');
  const away = page.getByRole('status').filter({ hasText: 'ติดต่อเซิร์ฟเวอร์ไม่ได้' });
  await expect(away).toBeVisible(LIVE);
  await expect(figure).toBeVisible();
  await expect(weakest).toBeVisible();

  await office.server.start();
  await sendAnswers(office, 'iit-2567', people(1));
  await expect(iitCard(page).getByText('6', { exact: true })).toBeVisible(BACK);
  await expect(away).toBeHidden();
});

test('a page that the server has no more after an update comes with the new version', async ({
  page,
  office,
  complaints,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'settings');
  await expect(page.getByRole('button', { name: thai('settings.save') })).toBeVisible();
  complaints.expect(refusal(404));
  let isUpdated = false;
  await page.route('**/assets/channels-page-*.js', (route) =>
    isUpdated ? route.continue() : route.fulfill({ status: 404 }),
  );
  await page.getByRole('link', { name: thai('nav.channels') }).click();
  await expect(page.getByRole('alert')).toContainText(thai('errors.unreachable'));
  // The page of the new version knows where its parts are.
  page.once('framenavigated', () => {
    isUpdated = true;
  });
  await page.getByRole('button', { name: thai('states.retry') }).click();
  await expect(title(page, thai('channels.title'))).toBeVisible();
  expect(isUpdated).toBe(true);
});

test('words that cannot be fetched leave no empty page', async ({ page, office, complaints }) => {
  complaints.networkIsCut = true;
  await page.route('**/assets/office-problems-*.js', (route) => route.abort());
  await open(page, office.server);
  await expect(page.getByText('This page could not be loaded')).toBeVisible();
  await page.unroute('**/assets/office-problems-*.js');
  await page.getByRole('link', { name: 'load it again' }).click();
  await expect(title(page, thai('signIn.title'))).toBeVisible();
});

test('an overview that never got figures says why and can be asked again', async ({
  page,
  office,
  complaints,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'settings');
  await expect(page.getByRole('button', { name: thai('settings.save') })).toBeVisible();
  complaints.networkIsCut = true;
  await office.server.stop();
  await page.getByRole('link', { name: thai('nav.overview') }).click();
  await expect(page.getByRole('alert')).toContainText(thai('errors.unreachable'));
  await expect(page.getByText(thai('overview.asking'))).toHaveCount(0);
  await office.server.start();
  await page.getByRole('button', { name: thai('states.retry') }).click();
  await expect(page.getByRole('heading', { name: thai('overview.nobodyTitle') })).toBeVisible();
});
