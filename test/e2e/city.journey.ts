import { problemOf } from '#core/contract/problem.ts';
import { Office, ADMIN } from './support/office.ts';
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
import { accessibility, largeLetters } from './support/look.ts';
import { people, sendAnswers } from './support/responses.ts';

test.use(LAPTOP);

const DISTRICTS = Array.from({ length: 50 }, (_, index) => `เขตทดลอง ${index + 1}`);

/** As Excel writes it where a comma is in the numbers, with the title that stands above every table of an office. */
const FILE = [
  'sep=;',
  'เป้าหมายของทุกเขต;;',
  'เขต;ส่วนราชการ;เป้าหมาย EIT',
  ...DISTRICTS.map((district) => `${district};ฝ่ายทะเบียน;20`),
].join('\r\n');

/** Asks the server as the owner. */
async function ask({ request, server }: Office, path: string, data: unknown) {
  const url = `${server.url}/api/v1/${path}`;
  const reply = await request.post(url, { data, headers: { origin: server.url } });
  if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
  return reply.json();
}

const makeCity = (office: Office) =>
  ask(office, 'organizations', { parent: null, kind: 'city', name: { th: 'นคร' } });

/** The set-up that the city hands down. */
function makeSetUp(office: Office, city: { id: string }) {
  const { id: _id, life: _life, deletedOn: _day, ...draft } = office.assessment;
  return ask(office, 'assessments', { ...draft, fiscalYear: 2569, organizationId: city.id });
}

test('a city imports its districts and hands a set-up down', async ({
  page,
  office,
  complaints,
}) => {
  test.slow();
  const { server } = office;
  const city = await makeCity(office);
  await signIn(page, office);
  await open(page, server, 'organizations-import');
  await page.locator('input[type=file]').setInputFiles({
    name: 'districts.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${FILE}`),
  });
  const sums = { changed: 0, unchanged: 0 };
  const added = DISTRICTS.length * 2;
  await expect(page.getByText(thai('orgImport.plan', { added, ...sums }))).toBeVisible();
  expect([...(await accessibility(page)), ...(await largeLetters(page))]).toEqual([]);
  await expect(page.getByText(thai('orgImport.headingsAt', { row: 2 }))).toBeVisible();
  // What came of the file is below the form, and is seen without a search for it.
  const act = page.getByRole('button', { name: thai('orgImport.act') });
  await expect(act).toBeInViewport();
  await act.click();
  await expect(page.getByText(thai('orgImport.done', { added, ...sums }))).toBeVisible();

  const setUp = await makeSetUp(office, city);
  await open(page, server, 'hand-down');
  await page.locator('#assessment').selectOption(setUp.id);
  // One of them is refused, and the others go on.
  complaints.expect(refusal(409));
  let sent = 0;
  await page.route('**/hand-downs', async (route) => {
    const isThird = route.request().method() === 'POST' && (sent += 1) === 3;
    const problem = problemOf('too-many-departments');
    await (isThird ? route.fulfill({ status: problem.status, json: problem }) : route.continue());
  });
  const n = DISTRICTS.length;
  await page.getByRole('button', { name: thai('handDown.act', { count: n, n }) }).press('Enter');
  // The button is gone, and what came of it is read where the focus went.
  const told = page.locator('.import-told');
  await expect(told).toBeFocused();
  const endedWith = (made: number, left: number) =>
    page.getByText(thai('handDown.ended', { made, changed: 0, same: 0, left }));
  // One after the other, which takes a second each where a machine is busy.
  await expect(endedWith(n - 1, 1)).toBeVisible({ timeout: 120_000 });
  await expect(told).toBeFocused();
  await expect(page.getByRole('status').getByRole('listitem')).toHaveText([
    `${DISTRICTS[2]}: ${thai('problems:too-many-departments')}`,
  ]);
  expect([...(await accessibility(page)), ...(await largeLetters(page))]).toEqual([]);
  await page.getByRole('button', { name: thai('handDown.act', { count: 1, n: 1 }) }).click();
  await expect(endedWith(1, 0)).toBeVisible();
  const years = page.locator('#assessment').getByRole('option');
  await expect(years).toHaveCount(n + 2);
  expect(new Set(await years.allInnerTexts()).size).toBe(n + 2);
  await expect(page.locator('#assessment').getByRole('group')).toHaveCount(0);
  expect([...(await accessibility(page)), ...(await largeLetters(page))]).toEqual([]);

  // What has a year can not be removed, and nobody offers it.
  await open(page, server, 'organizations');
  const name = office.assessment.organization.th;
  const ofOffice = (key: string) => page.getByRole('button', { name: thai(key, { name }) });
  await expect(ofOffice('organizations.changeName')).toBeVisible();
  await expect(ofOffice('organizations.removeName')).toHaveCount(0);

  // Nor what only accounts or invitations hold, which is said.
  const district = await ask(office, 'organizations', {
    parent: city.id,
    kind: 'district',
    name: { th: 'เขตที่มีคนเชิญ' },
  });
  await ask(office, 'organizations', { parent: city.id, kind: 'district', name: { th: 'เขตว่าง' } });
  await ask(office, 'invitations', { role: 'admin', branch: district.id });
  await page.reload();
  const rowOf = (th: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: th, exact: true }) });
  const remove = (th: string) =>
    page.getByRole('button', { name: thai('organizations.removeName', { name: th }) });
  await expect(remove('เขตว่าง')).toBeVisible();
  const holders = thai('organizations.holders.invitations', { count: 1, n: 1 });
  await expect(rowOf('เขตที่มีคนเชิญ')).toContainText(thai('organizations.held', { what: holders }));
  await expect(remove('เขตที่มีคนเชิญ')).toHaveCount(0);

  // Whoever saves one goes on at that one, wherever it stands by then and whatever was searched for.
  await page.getByLabel(thai('organizations.search')).fill('เขตว่าง');
  await expect(remove('เขตที่มีคนเชิญ')).toHaveCount(0);
  await page
    .getByRole('button', { name: thai('organizations.changeName', { name: 'เขตว่าง' }) })
    .click();
  const editor = rowOf('เขตว่าง');
  await expect(editor.getByRole('textbox').first()).toBeFocused();
  await editor.getByRole('textbox').first().fill('ฝ่ายที่ย้าย');
  await editor.getByLabel(thai('organizations.kind')).selectOption('department');
  await editor.getByLabel(thai('organizations.parent')).selectOption(district.id);
  await editor
    .getByRole('button', { name: thai('organizations.save'), exact: true })
    .press('Enter');
  await expect(page.getByRole('heading', { name: 'ฝ่ายที่ย้าย', exact: true })).toBeFocused();
});

test('who looks after districts sees these first, and makes an assessment of their own by choice', async ({
  office,
  browser,
}) => {
  const { request, server } = office;
  const city = await makeCity(office);
  const district = { parent: city.id, kind: 'district', name: { th: 'เขตแรก' } };
  const { id: ofDistrict } = await ask(office, 'organizations', district);
  const { link } = await ask(office, 'invitations', { role: 'admin', branch: city.id });
  const theirs = await (await browser.newContext({ locale: 'th-TH' })).newPage();
  await theirs.request.post(`${server.url}/api/v1/join`, {
    data: {
      token: new URL(link).searchParams.get('token'),
      name: 'somying',
      password: ADMIN.password,
    },
    headers: { origin: server.url },
  });
  for (const place of ['', 'settings', 'roll-up']) {
    await open(theirs, server, place);
    await expect(title(theirs, thai('rollUp.title'))).toBeVisible();
  }
  await theirs.getByText(thai('rollUp.offices', { count: 2, n: 2 })).click();
  await expect(theirs.getByRole('listitem').filter({ hasText: 'เขตแรก' })).toBeVisible();
  expect([...(await accessibility(theirs)), ...(await largeLetters(theirs))]).toEqual([]);
  await theirs.getByRole('link', { name: thai('nav.account') }).click();
  await expect(title(theirs, thai('ownAccount.title'))).toBeVisible();
  await theirs.getByRole('link', { name: thai('nav.rollUp') }).click();
  await theirs.getByRole('link', { name: thai('settings.newAssessment') }).click();
  await expect(title(theirs, thai('newAssessment.officeTitle'))).toBeVisible();
  await theirs.getByRole('link', { name: thai('newAssessment.cancel') }).click();
  await expect(title(theirs, thai('rollUp.title'))).toBeVisible();

  const { id: _id, life: _life, deletedOn: _day, ...draft } = office.assessment;
  await request.post(`${server.url}/api/v1/assessments`, {
    data: { ...draft, organizationId: ofDistrict },
    headers: { origin: server.url },
  });
  await open(theirs, server);
  await expect(title(theirs, thai('rollUp.title'))).toBeVisible();
  await expect(theirs.getByRole('link', { name: thai('settings.newAssessment') })).toBeVisible();
  await theirs.getByRole('button', { name: 'เขตแรก' }).click();
  await expect(title(theirs, thai('overview.title'))).toBeVisible();
  await expect(theirs.locator('.shell-organization')).toHaveText('เขตแรก');
  await theirs.context().close();
});

/** Fifty districts with the year that the city handed down. */
async function openDistricts(office: Office): Promise<void> {
  const city = await makeCity(office);
  const department = { name: { th: 'ฝ่ายทะเบียน' }, plan: { EIT: 20 } };
  const rows = DISTRICTS.map((th) => ({ district: { th }, department }));
  await ask(office, `organizations/${city.id}/imports`, { rows });
  const setUp = await makeSetUp(office, city);
  const handDowns = `assessments/${setUp.id}/hand-downs`;
  const listed = await office.request.get(`${office.server.url}/api/v1/${handDowns}`);
  for (const { organization } of (await listed.json()).offices)
    await ask(office, handDowns, { organization });
}

test('a city sees its districts beside each other, and a district itself alone', async ({
  page,
  office,
  browser,
  complaints,
}) => {
  complaints.expect(refusal(412));
  const { request, server } = office;
  await openDistricts(office);
  await signIn(page, office);
  const { assessments } = await (await request.get(`${server.url}/api/v1/assessments`)).json();
  const own = assessments.find(
    ({ organization }: Office['assessment']) => organization.th === DISTRICTS[6],
  );
  const listed = await request.get(`${server.url}/api/v1/assessments/${own.id}/channels`);
  const district = new Office(request, server, own, (await listed.json()).channels);
  await sendAnswers(district, 'eit-2567', people(6, { department: 1 }));

  await open(page, server, 'roll-up');
  await page.getByLabel(thai('organizations.search')).fill('ทดลอง 7');
  const row = page.getByRole('row').filter({ hasText: 'เขตทดลอง 7' });
  await expect(row).toContainText(thai('rollUp.ofTarget', { n: 6, target: 20 }));
  await expect(row).toHaveCount(1);
  // The office beside the city has nothing of that year.
  await page.getByText(thai('rollUp.without', { count: 1, n: 1, year: 2569 })).click();
  const missing = page.getByRole('listitem').filter({ hasText: office.assessment.organization.th });
  await expect(missing).toBeVisible();
  await page.getByRole('button', { name: 'EIT' }).click();
  await page.getByRole('button', { name: thai('rollUp.toChart') }).click();
  await expect(page.getByRole('heading', { name: `${thai('rollUp.chart')}: EIT` })).toBeFocused();
  await expect(page.locator('.dots-row')).toHaveCount(1);
  await expect(page.locator('.dots-row')).toBeInViewport();
  expect([...(await accessibility(page)), ...(await largeLetters(page))]).toEqual([]);

  const tree = await (await request.get(`${server.url}/api/v1/organizations`)).json();
  const branch = tree.organizations.find(
    ({ name }: { name: { th: string } }) => name.th === DISTRICTS[6],
  ).id;
  const { link } = await ask(office, 'invitations', { role: 'admin', branch });
  const theirs = await (await browser.newContext({ locale: 'th-TH' })).newPage();
  const account = { name: 'somying', password: ADMIN.password };
  const token = new URL(link).searchParams.get('token');
  await theirs.request.post(`${server.url}/api/v1/join`, {
    data: { token, ...account },
    headers: { origin: server.url },
  });
  await open(theirs, server, 'roll-up');
  await expect(title(theirs, thai('rollUp.title'))).toBeVisible();
  await expect(theirs.getByRole('table').getByRole('row')).toHaveCount(2);
  await expect(theirs.getByRole('table')).toContainText('เขตทดลอง 7');
  // It has departments below it, but nothing to compare it with.
  await open(theirs, server);
  await expect(title(theirs, thai('overview.title'))).toBeVisible();
  await expect(theirs.getByRole('link', { name: thai('nav.rollUp') })).toHaveCount(0);

  // Moved to another district, they are told that the assessment is not theirs any more, and not that the server is away.
  const { people: all } = await (await request.get(`${server.url}/api/v1/people`)).json();
  const { id } = all.find(({ name }: { name: string }) => name === account.name);
  const other = tree.organizations.find(
    ({ name }: { name: { th: string } }) => name.th === DISTRICTS[7],
  ).id;
  await open(page, server, 'people');
  const rights = page.getByRole('listitem').filter({ hasText: account.name });
  const branchChoice = rights.getByRole('combobox').last();
  await expect(branchChoice).toBeVisible();
  const change = { data: { role: 'viewer' }, headers: { origin: server.url } };
  await request.patch(`${server.url}/api/v1/people/${id}`, change);
  await branchChoice.selectOption(other);
  const saves = rights.getByRole('button', { name: thai('people.saveRights') });
  await saves.click();
  // Nobody is moved with a role that was given meanwhile, before the mover saw it.
  await expect(rights.getByRole('alert')).toHaveText(thai('people.changedMeanwhile'));
  const roleChoice = rights.getByRole('combobox').first();
  await expect(roleChoice).toHaveValue('viewer');
  await expect(branchChoice).toHaveValue(branch);
  await expect(saves).toHaveCount(0);
  await branchChoice.selectOption(other);
  await saves.click();
  await expect(saves).toHaveCount(0);
  await expect(rights.getByRole('alert')).toHaveCount(0);
  await expect(branchChoice).toHaveValue(other);
  await expect(roleChoice).toHaveValue('viewer');
  // As when somebody comes back to the window.
  await theirs.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const gone = theirs.locator('.live-off');
  await expect(gone).toContainText(thai('overview.gone', { time: '' }).slice(0, 30));
  await expect(theirs.getByText(thai('states.retry'))).toHaveCount(0);
  await theirs.getByRole('button', { name: thai('states.others') }).click();
  await expect(title(theirs, thai('overview.title'))).toBeFocused();
  await expect(theirs.locator('.shell-organization')).toHaveText(DISTRICTS[7] ?? '');
  await theirs.context().close();
});
