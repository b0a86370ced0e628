import type { Locator, Page } from '@playwright/test';
import type { Assessment } from '#core/contract/assessment.ts';
import { sessionSchema } from '#core/contract/account.ts';
import { createApiClient } from '#server/demo/api-client.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { runDemo } from '#server/demo/run-demo.ts';
import { expect, open, signIn, test, thai } from './support/admin-journey.ts';
import { instrumentOf } from './support/definitions.ts';
import { ADMIN, Office } from './support/office.ts';
import { people, sendAnswers, type Person } from './support/responses.ts';
import { watchFor } from './support/watch-for.ts';
import { Words } from './support/words.ts';

const iit = (page: Page) => page.getByRole('region', { name: /^IIT/ });
const eit = (page: Page) => page.getByRole('region', { name: /^EIT/ });
/** The large figure of a tool; its items' figures stand in their articles. */
const toolScore = (section: Locator) => section.locator('.figure').getByRole('strong');
const item = (page: Page, code: string) =>
  page.getByRole('article', { name: new RegExp(`^${code} `) });
const itemScore = (page: Page, code: string) => item(page, code).getByRole('strong');

function row(page: Page, table: string, name: string): Locator {
  return page
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
}

/** What stands in the row of a department, by questionnaire, and its mean. */
const departmentCells = (page: Page, name: string) =>
  row(page, thai('scores.byDepartment'), name).getByRole('cell');

/** Goes to the scores by something, as a person does. */
async function lookBy(page: Page, breakdown: string): Promise<void> {
  const views = page.getByRole('navigation', { name: thai('scores.views.label') });
  await views.getByRole('link', { name: thai(`scores.views.${breakdown}`) }).click();
}

/** Six people, item by item: their options, and what the item scores by hand. */
const SIX = {
  I1: { options: [6, 6, 6, 6, 6, 6], score: '100.00' },
  I2: { options: [1, 2, 3, 4, 5, 6], score: '50.00' }, // (0 + 20 + 40 + 60 + 80 + 100) / 6
  I3: { options: [2, 2, 2, 2, 2, 2], score: '100.00' }, // there is none
  I4: { options: [5, 5, 5, 6, 6, 6], score: '90.00' },
  I5: { options: [6, 6, 6, 6, 6, 6], score: '0.00' }, // negative: "most" is the worst
  I6: { options: [1, 2, 2, 2, 2, 2], score: '83.33' }, // 500 / 6
  I7: { options: [1, 1, 1, 1, 1, 1], score: '100.00' }, // negative: "never" is the best
  I8: { options: [1, 1, 1, 6, 6, 6], score: '50.00' },
  I9: { options: [2, 2, 2, 2, 2, 2], score: '80.00' },
  I10: { options: [1, 1, 1, 1, 2, 2], score: '93.33' }, // 560 / 6
  I11: { options: [4, 4, 4, 4, 4, 4], score: '60.00' },
  I12: { options: [5, 6, 6, 6, 6, 6], score: '96.67' }, // 580 / 6
} as const;
/** The mean of the exact item scores: (820 + 500/6 + 560/6 + 580/6) / 12... = 903.33 / 12. */
const SIX_SCORE = '75.28';
/** Indicators 1 to 5: means of I1-I3, I4-I6, I7-I9, I10 and I11-I12, unrounded until the end. */
const SIX_INDICATORS = ['83.33', '57.78', '76.67', '93.33', '78.33'];

const six: Person[] = [0, 1, 2, 3, 4, 5].map((place) => ({
  answers: Object.fromEntries(
    Object.entries(SIX).map(([code, { options }]) => [code, options[place] ?? 0]),
  ),
}));

test('scores are hidden below five people and shown from five on', async ({ page, office }) => {
  await signIn(page, office);
  await open(page, office.server, 'scores');
  await expect(page.getByRole('heading', { name: thai('overview.nobodyTitle') })).toBeVisible();

  await sendAnswers(office, 'iit-2567', people(4));
  await page.reload();
  const hidden = thai('scores.officeHidden', { threshold: 5 });
  await expect(iit(page)).toContainText(hidden);
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(eit(page)).toContainText(thai('overview.nobodyTitle'));
  await expect(iit(page).or(eit(page)).getByRole('table')).toHaveCount(0);

  await sendAnswers(office, 'iit-2567', people(1));
  await page.reload();
  await expect(iit(page)).toContainText(thai('scores.of', { count: 5, n: 5 }));
  await expect(iit(page).getByRole('article')).toHaveCount(12);

  await sendAnswers(office, 'eit-2567', people(4));
  await page.reload();
  await expect(iit(page).getByRole('article')).toHaveCount(12);
  await expect(eit(page)).toContainText(hidden);
});

test('known answers give the scores worked out by hand, and chart and table agree', async ({
  page,
  office,
}) => {
  await sendAnswers(office, 'iit-2567', six);
  await signIn(page, office);
  await open(page, office.server, 'scores');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(thai('scores.title'));
  const note = page.getByRole('complementary', { name: thai('scores.whatTitle') });
  await expect(note).toContainText(thai('scores.whatText'));
  await expect(note).toContainText(thai('scores.whatNot'));

  await expect(toolScore(iit(page))).toHaveText(SIX_SCORE);
  for (const [code, { score }] of Object.entries(SIX))
    await expect(itemScore(page, code)).toHaveText(score);
  await expect(item(page, 'I5')).toContainText(thai('scores.negative'));
  const indicators = iit(page)
    .getByRole('table', { name: thai('scores.indicators') })
    .getByRole('row');
  for (const [index, score] of SIX_INDICATORS.entries())
    await expect(
      indicators
        .nth(index + 1)
        .getByRole('cell')
        .nth(1),
    ).toHaveText(score);

  for (const [code, { options }] of Object.entries(SIX))
    await agrees(item(page, code), code, options);
  const worst = item(page, 'I5').locator('tbody').getByRole('row').first();
  await expect(worst.getByRole('cell')).toHaveText(['6', '100.0%']);
});

/** The table says how many chose each option, the worst first, and each part of the bar is as long as its row says. */
async function agrees(
  card: Locator,
  code: string,
  chosen: readonly number[],
  instrument: 'iit-2567' | 'eit-2567' = 'iit-2567',
): Promise<void> {
  const { scale, polarity } = instrumentOf(instrument).items.find((known) => known.code === code)!;
  const upwards = scale === 'yesno' ? [1, 2] : [1, 2, 3, 4, 5, 6];
  const isWorstLast = scale === 'scale6' && polarity === 'negative';
  const rows = (isWorstLast ? upwards.toReversed() : upwards).map((option) => ({
    label: new Words('th').option(instrument, code, scale, option),
    n: chosen.filter((known) => known === option).length,
  }));
  await card.getByText(thai('scores.itemTable')).click();
  await expect(card.locator('tbody').getByRole('rowheader')).toHaveText(
    rows.map(({ label }) => label),
  );
  await expect(card.locator('tbody td:nth-child(2)')).toHaveText(rows.map(({ n }) => String(n)));

  const parts = await card.locator('svg.distribution rect').all();
  const chart = await card.locator('svg.distribution').boundingBox();
  const shown = rows.filter(({ n }) => n > 0);
  expect(parts).toHaveLength(shown.length);
  for (const [index, part] of parts.entries()) {
    const box = await part.boundingBox();
    const share = (box?.width ?? 0) / (chart?.width ?? 1);
    const off = Math.abs(share - (shown[index]?.n ?? 0) / chosen.length);
    expect(off).toBeLessThan(0.01); // the stroke between the parts takes a pixel or two
  }
}

test('a small department is hidden, and another one so that nobody can subtract', async ({
  page,
  office,
}) => {
  const best = { I1: 6, I2: 6, I4: 6, I11: 6, I12: 6, I3: 2, I6: 2 };
  await sendAnswers(office, 'iit-2567', [
    ...people(3, { department: 1 }),
    ...people(6, { department: 2, answers: best }),
    ...people(8, { department: 3, answers: best }),
  ]);
  await signIn(page, office);
  await open(page, office.server, 'scores');

  await lookBy(page, 'departments');
  await expect(page).toHaveURL(/admin\/scores\/departments$/);
  const few = thai('scores.fewer', { threshold: 5 });
  await expect(departmentCells(page, 'ฝ่ายโยธา')).toContainText([few, 'n = 0', '–']);
  const complement = departmentCells(page, 'ฝ่ายรายได้').first();
  await expect(complement).toHaveText(thai('scores.complement'));
  await expect(departmentCells(page, 'ฝ่ายสิ่งแวดล้อมและสุขาภิบาล')).toHaveText([
    '100.00n = 8',
    '–n = 0',
    '–',
  ]);
  await expect(page.getByText(thai('scores.complementLong'))).toBeVisible();
});

test('a department, a kind of service, an answer about oneself: each has its score with n', async ({
  page,
  office,
}) => {
  const best = { E1: 6, E2: 6, E3: 2, E4: 6, E5: 6, E6: 6 };
  await sendAnswers(office, 'eit-2567', [
    ...people(6, { department: 1, answers: best, respondent: { service: 2, p1: 2 } }),
    ...people(5, { department: 4, respondent: { service: 5, p1: 1 } }),
  ]);
  const good = { I1: 6, I2: 6, I4: 6, I11: 6, I12: 6, I3: 2, I6: 2 };
  await sendAnswers(office, 'iit-2567', people(7, { department: 1, answers: good }));
  await signIn(page, office);
  await open(page, office.server, 'scores/departments');
  await expect(departmentCells(page, 'ฝ่ายโยธา')).toHaveText([
    '100.00n = 7',
    '100.00n = 6',
    '100.00',
  ]);
  await page.getByLabel(thai('scores.searchDepartment')).fill('เทศกิจ');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(departmentCells(page, 'ฝ่ายเทศกิจ')).toHaveText(['–n = 0', '0.00n = 5', '–']);

  await page
    .getByRole('combobox', { name: thai('scores.group'), exact: true })
    .selectOption({ label: 'EIT · ฝ่ายโยธา' });
  await expect(page.getByRole('article')).toHaveCount(6);
  await expect(itemScore(page, 'E1')).toHaveText('100.00');
  await agrees(item(page, 'E1'), 'E1', [6, 6, 6, 6, 6, 6], 'eit-2567');

  await lookBy(page, 'services');
  const services = thai('scores.byService');
  await expect(row(page, services, 'งานทะเบียน').getByRole('cell')).toHaveText([
    '100.00n = 6',
    ...Array.from({ length: 6 }, () => '100.00'),
  ]);
  await expect(row(page, services, 'งานจัดซื้อจัดจ้าง').getByRole('cell')).toHaveText([
    '0.00n = 5',
    ...Array.from({ length: 6 }, () => '0.00'),
  ]);

  await lookBy(page, 'respondents');
  const contact = 'ท่านเคยรับบริการหรือมาติดต่อกับสำนักงานเขตนี้หรือไม่';
  await expect(row(page, contact, 'ไม่เคย').getByRole('cell')).toHaveText(['5', '45.5%', '0.00']);
  await expect(row(page, contact, 'เคย 1 ครั้ง').getByRole('cell')).toHaveText([
    '6',
    '54.5%',
    '100.00',
  ]);

  await lookBy(page, 'quality');
  const never = row(page, 'EIT', thai('scores.without.never-contacted'));
  await expect(never.getByRole('cell')).toHaveText(['5', '100.00', '+45.45']);
  await expect(page.getByText(thai('scores.qualityTitle'))).toBeVisible();
});

test('the published Prawet report gives 98.13 and its twelve item scores on the screen', async ({
  page,
  server,
  playwright,
}) => {
  const request = await playwright.request.newContext();
  const office = await Office.open(request, server);
  const api = createApiClient(server.url);
  await api.post('/api/v1/session', ADMIN, sessionSchema);
  const told: string[] = [];
  const isRight = await runDemo(api, { say: (line) => told.push(line), showProgress: () => {} });
  expect(isRight, told.join('\n')).toBe(true);
  await request.dispose();

  await signIn(page, office);
  await open(page, server, 'scores');
  await page.getByLabel(thai('app.assessment')).selectOption({ label: '2567 · สำนักงานเขตประเวศ' });
  const published = publishedReport.tools.find(({ instrument }) => instrument === 'iit-2567');
  await expect(iit(page)).toContainText(thai('scores.of', { count: 725, n: 725 }));
  await expect(toolScore(iit(page))).toHaveText('98.13');
  expect(Object.keys(published?.items ?? {})).toHaveLength(12);
  for (const [code, { score }] of Object.entries(published?.items ?? {}))
    await expect(itemScore(page, code)).toHaveText(score);
  const indicators = iit(page).getByRole('table', { name: thai('scores.indicators') });
  for (const [indicator, score] of Object.entries(published?.indicators ?? {}))
    await expect(
      indicators.getByRole('row').nth(Number(indicator)).getByRole('cell').nth(1),
    ).toHaveText(score);

  // So many kinds of people are judged behind the look: the page tells of which moment its scores are, and the newer ones come.
  const { assessments } = await (await page.request.get(`${server.url}/api/v1/assessments`)).json();
  const { id } = assessments.find(({ fiscalYear }: Assessment) => fiscalYear === 2567);
  const path = `${server.url}/api/v1/assessments/${id}/channels`;
  const { channels } = await (await page.request.get(path)).json();
  const [beforeMoment = ''] = thai('scores.asOf', { moment: '…' }).split('…');
  const isTold = await watchFor(page, '.lead', beforeMoment);
  await sendAnswers(
    new Office(page.request, server, office.assessment, channels),
    'eit-2567',
    people(1),
  );
  await isTold();
  // A judgement is followed by a rest of four times its length, and that is long where a machine is busy.
  const newer = thai('scores.of', { count: 620, n: 620 });
  await expect(eit(page)).toContainText(newer, { timeout: 60_000 });
  await expect(page.getByText(beforeMoment)).toHaveCount(0);

  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  const [reply] = await Promise.all([
    page.waitForResponse('**/scores/prints'),
    page.getByRole('button', { name: thai('scores.print'), exact: true }).click(),
  ]);
  expect(reply.status()).toBe(204);
  await expect(page.locator('body[data-printed]')).toHaveCount(1);

  // In a grid the heading of a table stands again on the next sheet without room for it: what follows is printed over the last row.
  await page.emulateMedia({ media: 'print' });
  const inGrids = await page.evaluate(() =>
    [...document.querySelectorAll('table')]
      .filter((table) => {
        for (let around = table.parentElement; around; around = around.parentElement)
          if (getComputedStyle(around).display === 'grid') return true;
        return false;
      })
      .map((table) => table.getAttribute('aria-labelledby')),
  );
  expect(inGrids).toEqual([]);
});
