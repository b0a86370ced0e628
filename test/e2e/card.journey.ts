import type { Locator, Page } from '@playwright/test';
import { oitSchema } from '#core/contract/oit.ts';
import {
  expect,
  join,
  LAPTOP,
  open,
  refusal,
  signIn,
  test,
  thai,
  title,
} from './support/admin-journey.ts';
import { inWindows874 } from '../support/windows-874.ts';
import { accessibility, keyboard, largeLetters, narrowness, touchTargets } from './support/look.ts';
import { Office } from './support/office.ts';
import { people, sendAnswers } from './support/responses.ts';

const card = (page: Page) => page.getByRole('region', { name: thai('card.title') });
const table = (page: Page, name: string) => card(page).getByRole('table', { name, exact: true });
const row = (of: Locator, name: RegExp) => of.getByRole('row', { name });
const cells = (of: Locator, name: RegExp) => row(of, name).getByRole('cell');
const level = (code: string) => thai(`card.levels.${code}`);

/** The best answers to everything, of five people. */
const BEST_IIT = { I1: 6, I2: 6, I3: 2, I4: 6, I6: 2, I11: 6, I12: 6 };
const BEST_EIT = { E1: 6, E2: 6, E3: 2, E4: 6, E5: 6, E6: 6 };

/** Judges every item of the OIT as the office does: 100, but 0 for those that are named. */
async function judge(office: Office, failed: readonly string[] = []): Promise<void> {
  const url = `${office.server.url}/api/v1/assessments/${office.assessment.id}/oit`;
  const { checklist } = oitSchema.parse(await (await office.request.get(url)).json());
  for (const entry of checklist.entries) {
    const reply = await office.request.put(`${url}/entries/${entry.item}`, {
      data: { ...entry, points: failed.includes(entry.item) ? 0 : 100 },
      headers: { origin: office.server.url },
    });
    if (!reply.ok()) throw new Error(`${entry.item}: ${reply.status()}`);
  }
}

/** IIT 100; EIT 94.00 because of E6 alone (64.00); OIT 96.25 because of O15 alone. */
async function fullYear(office: Office): Promise<void> {
  await sendAnswers(office, 'iit-2567', people(5, { answers: BEST_IIT }));
  await sendAnswers(office, 'eit-2567', [
    ...people(1, { answers: { ...BEST_EIT, E6: 1 } }),
    ...people(4, { answers: { ...BEST_EIT, E6: 5 } }),
  ]);
  await judge(office, ['O15']);
}

async function enterFigures(page: Page): Promise<void> {
  await card(page)
    .getByRole('link', { name: thai('card.enterFigures') })
    .click();
  await expect(title(page, thai('figures.title'))).toBeVisible();
}

const save = (page: Page) =>
  page.getByRole('button', { name: thai('settings.save'), exact: true }).click();

test('says what is missing, and what it would have to score', async ({ page, office }) => {
  await sendAnswers(office, 'iit-2567', people(5, { answers: BEST_IIT }));
  await sendAnswers(office, 'eit-2567', people(4, { answers: BEST_EIT }));
  await signIn(page, office);
  await open(page, office.server, 'scores');

  await expect(card(page)).toContainText(thai('card.noIta'));
  await expect(cells(table(page, thai('card.tools')), /^IIT/)).toHaveText([
    '30%',
    '100.00',
    '30.00',
  ]);
  // Four people: their tool has no score anywhere on the card.
  await expect(cells(table(page, thai('card.tools')), /^EIT/)).toHaveText(['30%', '–', '–']);
  await expect(table(page, thai('card.tools'))).toContainText(thai('card.absence.hidden'));
  await expect(table(page, thai('card.tools'))).toContainText(thai('card.absence.notChecked'));
  const needs = table(page, thai('card.needsTitle', { tools: 'EIT, OIT' }));
  await expect(cells(needs, new RegExp(`^${level('excellent')}`))).toHaveText(['95.00']);
  await expect(card(page)).toContainText(
    thai('card.best', { tools: 'EIT, OIT', ita: '100.00', level: level('excellent') }),
  );
  // The fifth one answers: it shows by itself.
  await sendAnswers(office, 'eit-2567', people(1, { answers: BEST_EIT }));
  await expect(cells(table(page, thai('card.tools')), /^EIT/)).toHaveText(
    ['30%', '100.00', '30.00'],
    // Without a stream it would take a minute.
    { timeout: 25_000 },
  );
  await card(page).getByRole('link', { name: /^OIT/ }).click();
  await expect(title(page, thai('oit.title'))).toBeVisible();
});

test('shows ITA, level and tools, and the item that keeps the office from the next level', async ({
  page,
  office,
}) => {
  await fullYear(office);
  await signIn(page, office);
  await open(page, office.server, 'scores');

  // .3 x 100 + .3 x 94 + .4 x 96.25
  await expect(card(page).locator('.card-head')).toContainText('96.70');
  await expect(card(page).locator('.card-head')).toContainText(level('good'));
  await expect(cells(table(page, thai('card.tools')), /^EIT/)).toHaveText([
    '30%',
    '94.00',
    '28.20',
  ]);
  await expect(cells(table(page, thai('card.tools')), /^OIT/)).toHaveText([
    '40%',
    '96.25',
    '38.50',
  ]);
  const indicators = table(page, thai('card.indicators'));
  await expect(indicators.getByRole('row')).toHaveCount(11);
  await expect(cells(indicators, /^8\. /).first()).toHaveText('82.00'); // (100 + 64) / 2
  await expect(cells(indicators, /^9\. /).first()).toHaveText('95.00');

  await expect(
    card(page).getByRole('heading', {
      name: thai('card.nextTitle', { level: level('excellent') }),
    }),
  ).toBeVisible();
  await expect(card(page)).toContainText(thai('card.toolGap', { tool: 'EIT', gap: '1.00' }));
  // 94.995 x 6 - 500 = 69.97
  await expect(cells(table(page, thai('card.helps')), /^E6/)).toHaveText([
    '64.00',
    '+1.80',
    '69.97',
  ]);
});

test('what-if moves an item by keyboard and by figure, tells the level, and goes back, for a viewer too', async ({
  page,
  office,
}) => {
  await fullYear(office);
  await join(page, office, 'viewer');
  await open(page, office.server, 'scores');
  await expect(page.getByLabel(thai('card.compareWith'))).toBeVisible();
  await expect(card(page).getByRole('link', { name: thai('card.enterFigures') })).toHaveCount(0);

  await card(page).getByText(thai('card.whatIf')).press('Enter');
  await page.getByLabel(thai('card.whatIfAdd')).selectOption('E6');
  const result = card(page).getByRole('status').filter({ hasText: 'ITA' });
  await expect(result).toContainText(
    thai('card.whatIfResult', { ita: '96.70', level: level('good') }),
  );
  const slider = card(page).getByRole('slider', { name: /E6/ });
  await slider.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', '100.00');
  await expect(result).toContainText(
    thai('card.whatIfResult', { ita: '98.50', level: level('excellent') }),
  );
  await expect(result).toContainText(
    thai('card.whatIfFrom', { ita: '96.70', level: level('good') }),
  );

  const figure = card(page).getByRole('textbox', { name: /E6/ });
  await figure.fill('69.96');
  await expect(result).toContainText(level('good'));
  await figure.fill('69.97');
  await expect(result).toContainText(level('excellent'));
  await figure.fill('1000');
  await expect(card(page).getByText(thai('card.figureInvalid'))).toBeVisible();

  await page.getByLabel(thai('card.whatIfAdd')).selectOption('O15');
  await card(page).getByRole('radio', { name: '100.00' }).check();
  await expect(result).toContainText('98.20'); // 30 + 28.2 + 40

  await card(page)
    .getByRole('button', { name: thai('card.whatIfReset') })
    .click();
  await expect(card(page).getByRole('slider')).toHaveCount(0);
  await expect(page.getByLabel(thai('card.whatIfAdd'))).toBeFocused();
  await expect(card(page).locator('.card-head')).toContainText('96.70');
  await page.reload();
  await expect(card(page).locator('.card-head')).toContainText('96.70');
});

test('typed-in figures: the assessor counts for half of the EIT, and last year stands beside', async ({
  page,
  office,
}) => {
  await fullYear(office);
  await signIn(page, office);
  await open(page, office.server, 'scores');
  await enterFigures(page);

  await page.getByLabel(thai('figures.assessorScore')).fill('๙๙');
  await page.getByLabel(thai('figures.year')).fill('2567');
  await page.getByLabel('ITA', { exact: true }).fill('69.87');
  await page.getByLabel('IIT', { exact: true }).fill('98.13');
  await page.getByLabel('EIT', { exact: true }).fill('96.42');
  await page.getByLabel('OIT', { exact: true }).fill('96.25');
  await expect(page.getByText(thai('figures.otherIta', { ita: '96.87' }))).toBeVisible();
  await page.getByLabel('ITA', { exact: true }).fill('196.87');
  await save(page);
  await page
    .getByRole('alert')
    .getByRole('link', { name: thai('card.figureInvalid') })
    .click();
  await expect(page.getByLabel('ITA', { exact: true })).toBeFocused();
  await page.keyboard.type('96.87');
  await page.getByLabel('ITA', { exact: true }).fill('96.87');
  await page.getByText(thai('figures.indicators'), { exact: true }).click();
  await page.getByLabel(/^8\. /).fill('95.45');
  await save(page);
  await expect(page.getByText(thai('settings.allSaved'))).toBeVisible();

  await page.getByRole('link', { name: thai('figures.back') }).click();
  const tools = table(page, thai('card.tools'));
  await expect(cells(tools, /^EIT/)).toHaveText(['30%', '96.50', '28.95', '96.42+0.08']);
  await expect(tools).toContainText(thai('card.partOffice', { weight: '15%', score: '94.00' }));
  await expect(tools).toContainText(thai('card.partAssessor', { weight: '15%', score: '99.00' }));
  await expect(card(page).locator('.card-head')).toContainText(`96.87 · ${level('excellent')}`);
  await expect(cells(tools, /^ITA/)).toHaveText(['97.45', '96.87+0.58']);
  await expect(card(page).locator('.card-head')).toContainText(level('excellent'));
  await expect(card(page)).toContainText(thai('card.highest'));
  await expect(cells(table(page, thai('card.indicators')), /^8\. /).last()).toHaveText(
    '95.45−13.45',
  );

  await page.getByLabel(thai('card.compareWith')).selectOption('nothing');
  await expect(cells(tools, /^EIT/)).toHaveCount(3);
});

test('another year of the office stands beside, as far as it may be shown', async ({
  page,
  office,
}) => {
  await fullYear(office);
  const url = `${office.server.url}/api/v1/assessments`;
  const { id: _id, life: _life, deletedOn: _deletedOn, ...draft } = office.assessment;
  const made = await office.request.post(url, {
    data: { ...draft, fiscalYear: 2567 },
    headers: { origin: office.server.url },
  });
  const before = await made.json();
  const { channels } = await (await office.request.get(`${url}/${before.id}/channels`)).json();
  const year = new Office(office.request, office.server, before, channels);
  await sendAnswers(year, 'iit-2567', people(5, { answers: { ...BEST_IIT, I1: 1 } }));
  await sendAnswers(year, 'eit-2567', people(4, { answers: BEST_EIT }));

  await signIn(page, office);
  await open(page, office.server, 'scores');
  const name = thai('card.compareAssessment', { name: before.organization.th, year: '2567' });
  await page.getByLabel(thai('card.compareWith')).selectOption({ label: name });
  const tools = table(page, thai('card.tools'));
  await expect(cells(tools, /^IIT/)).toHaveText(['30%', '100.00', '30.00', '91.67+8.33']);
  await expect(cells(tools, /^EIT/)).toHaveText(['30%', '94.00', '28.20', '–']);
  await card(page).getByText(thai('card.items'), { exact: true }).click();
  const items = table(page, thai('card.items'));
  await expect(cells(items, /^I1 /)).toHaveText(['100.00', '0.00+100.00']);
  await expect(cells(items, /^E6 /)).toHaveText(['64.00', '–']);
});

test('a report is read from a file, and saved only when it is said so', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'figures');
  const csv = ['รายการ,คะแนน', 'ปีงบประมาณ,2566', 'ITA,๘๘.๙๘', 'IIT,82.44', 'I1,80', 'I2,ไม่มี'];
  const file = (name: string, content: string | Uint8Array) =>
    page.locator('input[type="file"]').setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(content),
    });
  await file('report.csv', inWindows874(csv.join('\n')));
  await expect(page.getByText(thai('figures.importRead'))).toBeVisible();
  await expect(page.getByText(thai('figures.importSkipped', { lines: '6' }))).toBeVisible();
  await expect(page.getByLabel('ITA', { exact: true })).toHaveValue('88.98');
  await expect(page.getByLabel(thai('figures.year'))).toHaveValue('2566');
  await file('picture.csv', 'nothing of use');
  await expect(page.getByText(thai('figures.importNothing'))).toBeVisible();
  await file('report.xlsx', 'PK\u0003\u0004\u0014\0\u0006\0');
  await expect(page.getByText(thai('figures.importWorkbook'))).toBeVisible();
  const ita = page.getByLabel('ITA', { exact: true });
  const clear = page.getByRole('button', { name: thai('figures.clear') });
  // Its words stand below the first letter of what is above.
  const begins = await clear.evaluate(
    (button) =>
      button.getBoundingClientRect().left + parseFloat(getComputedStyle(button).paddingLeft),
  );
  const heading = await page
    .getByRole('heading', { name: thai('figures.reportTitle') })
    .boundingBox();
  expect(Math.abs(begins - (heading?.x ?? 0))).toBeLessThan(3);
  await clear.click();
  await expect(ita).toHaveValue('');
  await page.getByRole('button', { name: thai('figures.takeBack') }).click();
  await expect(ita).toHaveValue('88.98');

  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: thai('figures.back') }).click();
  await expect(page.getByText(thai('settings.unsaved'))).toBeVisible();
  await save(page);
  await expect(page.getByText(thai('settings.allSaved'))).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('IIT', { exact: true })).toHaveValue('82.44');
  await page.getByText(thai('figures.items', { tool: 'IIT' })).click();
  await expect(page.getByLabel(/^I1 /)).toHaveValue('80.00');
});

test('whoever saves older figures is told, and keeps what was typed', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(412));
  await signIn(page, office);
  await open(page, office.server, 'figures');
  await page.getByLabel(thai('figures.assessorScore')).fill('90');
  const other = await office.request.put(
    `${office.server.url}/api/v1/assessments/${office.assessment.id}/figures`,
    { data: { eitPart2: '70.00', lastYear: null }, headers: { origin: office.server.url } },
  );
  expect(other.status()).toBe(200);
  await page.setViewportSize({ width: 360, height: 420 });
  await save(page);
  const told = page.getByRole('alert');
  await expect(told).toContainText(thai('problems:changed-meanwhile'));
  // Which brings it into sight.
  await expect(told).toBeFocused();
  // Neither the bar that saves nor that of the page lies over it.
  const isCovered = () =>
    told.evaluate((summary) => {
      const { left, bottom } = summary.getBoundingClientRect();
      return !summary.contains(document.elementFromPoint(left + 20, bottom - 8));
    });
  await expect.poll(isCovered).toBe(false);
  await expect(page.getByLabel(thai('figures.assessorScore'))).toHaveValue('90');
  await page.getByRole('button', { name: thai('form.takeLatest') }).press('Enter');
  const taken = page.getByText(thai('form.latestTaken'));
  await expect(taken).toBeFocused();
  const score = page.getByLabel(thai('figures.assessorScore'));
  await expect(score).toHaveValue('90');
  // Thrown away, it lies on top of nothing any more, and nobody says so.
  await page.getByRole('button', { name: thai('settings.discard') }).press('Enter');
  await expect(taken).toHaveCount(0);
  await expect(score).toHaveValue('70.00');
  await score.fill('90');
  await save(page);
  await expect(page.getByText(thai('settings.allSaved'))).toBeVisible();
});

async function openEverything(page: Page): Promise<void> {
  await card(page).getByText(thai('card.items'), { exact: true }).click();
  await card(page).getByText(thai('card.whatIf')).click();
  await page.getByLabel(thai('card.whatIfAdd')).selectOption('E6');
  await page.getByLabel(thai('card.whatIfAdd')).selectOption('O15');
}

for (const [name, use, looks] of [
  ['on a phone', {}, [accessibility, narrowness, largeLetters, touchTargets]],
  ['on a laptop, with the keyboard', LAPTOP, [accessibility, keyboard]],
  ['in the dark', { ...LAPTOP, colorScheme: 'dark' as const }, [accessibility]],
] as const) {
  test.describe(name, () => {
    test.use(use);

    test('the card and the figures can be used by everybody', async ({ page, office }) => {
      await fullYear(office);
      await office.request.put(
        `${office.server.url}/api/v1/assessments/${office.assessment.id}/figures`,
        {
          data: {
            eitPart2: '93.86',
            lastYear: {
              fiscalYear: 2567,
              ita: '96.87',
              tools: { IIT: '98.13', EIT: '96.42', OIT: '96.25' },
              indicators: { '1': '98.69' },
              items: { I1: '98.51' },
            },
          },
          headers: { origin: office.server.url },
        },
      );
      await signIn(page, office);
      await open(page, office.server, 'scores');
      await openEverything(page);
      for (const look of looks) expect(await look(page), 'the card').toEqual([]);

      await open(page, office.server, 'figures');
      await expect(page.getByLabel('ITA', { exact: true })).toBeVisible();
      for (const summary of await page.locator('main details > summary').all())
        await summary.click();
      for (const look of looks) expect(await look(page), 'the figures').toEqual([]);
    });
  });
}
