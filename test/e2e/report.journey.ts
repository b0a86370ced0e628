import type { Download, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { sessionSchema } from '#core/contract/account.ts';
import { reportSchema, RESPONSES_HEADER } from '#core/contract/report.ts';
import { createApiClient } from '#server/demo/api-client.ts';
import { runDemo } from '#server/demo/run-demo.ts';
import { readCsv } from '../server/export/read-csv.ts';
import { readXlsx } from '../server/export/read-xlsx.ts';
import {
  chooseLanguage,
  expect,
  LAPTOP,
  open,
  signIn,
  test,
  thai,
} from './support/admin-journey.ts';
import { adminWords } from './support/admin-words.ts';
import { accessibility, keyboard, largeLetters, narrowness, touchTargets } from './support/look.ts';
import { ADMIN, type Office } from './support/office.ts';
import { partedTargets } from './support/parted-words.ts';
import { sheetsOf, textsOf } from './support/pdf.ts';
import { people, sendAnswers } from './support/responses.ts';
import type { ServerProcess } from './support/server.ts';

/** An A4 sheet in points, as a PDF writes it. */
const A4 = { width: 595, height: 842 };

/** What its margins leave of A4, in pixels: 182 of 210 mm. */
const WITHIN_MARGINS = 688;

const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true });

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

/** What a press of the button saves. */
async function saved(page: Page, button: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

/** A table that goes on for pages has its head on each of them, and no row is torn. */
async function expectLongTableToBreakWell(page: Page): Promise<void> {
  const rows = 150;
  await page.getByRole('table', { name: 'คะแนนรายข้อ OIT', exact: true }).evaluate((long, most) => {
    long.querySelector('thead th')?.replaceChildren('HEAD');
    const body = long.querySelector('tbody');
    const row = body?.querySelector('tr');
    if (!body || !row) throw new Error('no table to make longer');
    const copies = Array.from({ length: most }, (_, index) => {
      const copy = row.cloneNode(true) as Element;
      copy
        .querySelector('th')
        ?.replaceChildren(`<${index}`, document.createElement('br'), `${index}>`);
      return copy;
    });
    body.replaceChildren(...copies);
  }, rows);
  const sheets = textsOf(await page.pdf({ preferCSSPageSize: true }));
  const ofTable = sheets.filter((text) => /<\d|\d>/.test(text));
  expect(ofTable.length).toBeGreaterThan(2);
  for (const text of ofTable) expect(text).toContain('HEAD');
  const whole = ofTable.flatMap((text) =>
    [...text.matchAll(/<(\d+?)\1>/g)].map(([, n]) => Number(n)),
  );
  expect(whole).toEqual(Array.from({ length: rows }, (_, index) => index));
}

/** On paper nothing can be scrolled to: each table ends within its column. */
async function expectTablesToFitThePaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: WITHIN_MARGINS, height: 1000 });
  const tooWide = await page.evaluate(() =>
    [...document.querySelectorAll('.report-table')]
      .filter((around) => {
        const inside = around.querySelector('table');
        return (
          inside && inside.getBoundingClientRect().right > around.getBoundingClientRect().right + 1
        );
      })
      .map((around) => around.querySelector('h3')?.textContent),
  );
  expect(tooWide).toEqual([]);
  // Nor is there any room behind the last one, which would be an empty sheet where that ends at the foot of one.
  const roomBehind = await page.evaluate(() => {
    const last = [...document.querySelectorAll('.report-table')].at(-1)?.getBoundingClientRect();
    return document.documentElement.getBoundingClientRect().bottom - (last?.bottom ?? 0);
  });
  expect(Math.abs(roomBehind)).toBeLessThan(1);
  await page.emulateMedia({ media: null });
  await page.setViewportSize(LAPTOP.viewport);
}

/** Grounds, lines and marks, as the style sheets name them. */
async function namedColors(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return ['--primary', '--primary-tint', '--line', '--accent-tint', '--danger', '--step-1'].map(
      (name) => style.getPropertyValue(name),
    );
  });
}

/** The published report's responses on a server, and its assessment on show. */
async function openDemo(page: Page, server: ServerProcess, office: Office): Promise<void> {
  const api = createApiClient(server.url);
  await api.post('/api/v1/session', ADMIN, sessionSchema);
  await runDemo(api, { say: () => {}, showProgress: () => {} });
  await signIn(page, office);
  await open(page, server, 'report');
  await page.getByLabel(thai('app.assessment')).selectOption({ label: '2567 · สำนักงานเขตประเวศ' });
  await expect(page.getByRole('article')).toContainText('สำนักงานเขตประเวศ');
}

test.describe('on a laptop', () => {
  test.use(LAPTOP);

  test('the published report stands on the page, on paper and in files', async ({
    page,
    server,
    office,
    complaints,
  }) => {
    test.setTimeout(120_000);
    await openDemo(page, server, office);
    const items = table(page, 'คะแนนรายข้อ IIT').getByRole('row');
    await expect(items.nth(1).getByRole('cell')).toHaveText(['725', '98.51', '']);
    await expect(items.nth(5).getByRole('cell')).toHaveText(['725', '93.43', '']);
    const gender = table(page, 'จำนวนผู้ตอบแยกตามเพศ').getByRole('row');
    await expect(gender.nth(1).getByRole('cell')).toHaveText(['382', '267']);
    await expect(gender.nth(3).getByRole('cell')).toHaveText([
      thai('report.few', { below: 5 }),
      '0',
    ]);

    // 97.63 from these counts, 96.87 as published and typed in; 87 visitors never contacted the office.
    const tools = table(page, 'คะแนน ITA และคะแนนแต่ละเครื่องมือ').getByRole('row');
    await expect(tools.nth(1).getByRole('cell')).toHaveText(['97.63', '', '96.87', '+0.76']);
    await expect(tools.nth(2).getByRole('cell')).toHaveText(['98.13', '', '98.13', '0.00']);
    const quality = table(page, 'คะแนน EIT เมื่อรวมและไม่รวมคำตอบที่มีข้อสังเกต').getByRole('row');
    await expect(quality.nth(3).getByRole('cell').first()).toHaveText('87');

    const xlsx = await saved(page, 'XLSX');
    expect(xlsx.name).toBe('ita-2567-th-สำนักงานเขตประเวศ.xlsx');
    const sheets = readXlsx(xlsx.bytes);
    expect(sheets.map(({ name }) => name)).toEqual([
      '1. ผู้ตอบ',
      '2. คะแนน',
      '3. IIT',
      '4. EIT',
      '5. ส่วนราชการ',
      '6. ประเภทบริการ',
      '7. เทียบปีก่อน',
      '8. ข้อสังเกต',
      '9. วิธีคิด',
    ]);
    const figures = [...(sheets[1]?.cells.values() ?? [])].map(({ value }) => value);
    expect(figures).toEqual(expect.arrayContaining([98.13, 93.43, 725]));

    const csv = await saved(page, 'CSV');
    const lines = readCsv(csv.bytes.toString('utf8').replace(/^\uFEFF/, ''));
    expect(lines).toContainEqual(['มากที่สุด', '697', '96.14']);
    const json = await saved(page, 'JSON');
    const report = reportSchema.parse(JSON.parse(json.bytes.toString('utf8')));
    expect(report.sections).toHaveLength(9);

    // The log is told before the print begins; where it cannot be told, nothing is printed.
    await page.evaluate(() => {
      window.print = () => {
        window.dispatchEvent(new Event('beforeprint'));
        document.body.dataset['printed'] = document.title;
        window.dispatchEvent(new Event('afterprint'));
      };
    });
    const printed = page.locator('body[data-printed]');
    const print = page.getByRole('button', { name: thai('report.print') });
    complaints.networkIsCut = true;
    await page.route('**/report/prints', (route) => route.abort());
    await print.click();
    await expect(page.getByRole('alert')).toHaveText(thai('errors.unreachable'));
    await expect(printed).toHaveCount(0);
    await page.unroute('**/report/prints');
    complaints.networkIsCut = false;
    const [told] = await Promise.all([page.waitForResponse('**/report/prints'), print.click()]);
    expect(told.status()).toBe(204);
    // Browsers name the PDF by the title.
    await expect(printed).toHaveAttribute('data-printed', 'ita-2567-th-สำนักงานเขตประเวศ');
    await expect(page).toHaveTitle(`${thai('report.title')} · ${thai('app.name')}`);

    // What stays on the screen is not on the paper: no bar, no button, no list of contents.
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const paper = sheetsOf(pdf);
    for (const [index, text] of textsOf(pdf).entries())
      expect(text).toMatch(new RegExp(`^${index + 1}/${paper.length}`));
    expect(paper.length).toBeGreaterThan(6);
    expect(paper.length).toBeLessThan(16);
    for (const sheet of paper) expect(sheet).toEqual(A4);
    await expectTablesToFitThePaper(page);
    await expectLongTableToBreakWell(page);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('article')).toBeVisible();
    const onPaper = await namedColors(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await namedColors(page)).toEqual(onPaper);
    await page.emulateMedia({ media: null, colorScheme: null });

    await chooseLanguage(page, 'en');
    await expect(table(page, 'IIT: scores by item').getByRole('row')).toHaveCount(13);
    await expectTablesToFitThePaper(page);
    expect((await saved(page, 'XLSX')).name).toBe('ita-2567-en-Prawet-District-Office.xlsx');
  });

  test('single responses are saved after a warning, and without what tells who answered', async ({
    page,
    office,
  }) => {
    await sendAnswers(office, 'iit-2567', people(8, { department: 2 }));
    await signIn(page, office);
    // While the report is on its way, nothing is offered that it would push away under a finger.
    const arrival = Promise.withResolvers<void>();
    await page.route('**/report/page?**', async (route) => {
      await arrival.promise;
      await route.continue();
    });
    await open(page, office.server, 'report');
    const title = page.getByText(thai('report.single.title'));
    await expect(title).toBeAttached();
    await expect(title).toBeHidden();
    arrival.resolve();
    await expect(page.getByRole('article')).toBeVisible();
    const button = thai('report.single.save', { tool: 'IIT' });
    await title.click();
    await expect(page.getByText(thai('report.single.warning'))).toBeVisible();
    await expect(page.getByRole('button', { name: button })).toHaveCount(0);
    await page.getByLabel(thai('report.single.understood')).check();
    const { name, bytes } = await saved(page, button);
    expect(name).toBe(`responses-${office.assessment.fiscalYear}-iit-2567.csv`);
    const [head, ...lines] = readCsv(bytes.toString('utf8').replace(/^\uFEFF/, ''));
    expect(head?.slice(0, 4)).toEqual(['channel', 'language', 'quality', 'I1']);
    expect(lines).toHaveLength(8);

    // A file that lacks a response says so and is not saved; one that takes long can be stopped.
    const files: string[] = [];
    page.on('download', (download) => files.push(download.suggestedFilename()));
    const headers = { 'content-type': 'text/csv', [RESPONSES_HEADER]: '8' };
    await page.route('**/responses?**', (route) => route.fulfill({ headers, body: 'channel\r\n' }));
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('alert')).toContainText(thai('errors.cutOff'));
    await page.unroute('**/responses?**');
    await page.route('**/responses?**', () => {});
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('button', { name: thai('download.cancel') }).click();
    await expect(page.getByText(thai('download.cancelled'))).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(files).toEqual([]);
  });
});

for (const { name, use, language, looks } of [
  {
    name: 'on a phone',
    use: {},
    language: 'th',
    looks: [partedTargets, accessibility, narrowness, largeLetters, touchTargets],
  },
  { name: 'on a phone in English', use: {}, language: 'en', looks: [accessibility, narrowness] },
  { name: 'on a phone in Chinese', use: {}, language: 'zh', looks: [narrowness] },
  {
    name: 'on a phone in Burmese',
    use: {},
    language: 'my',
    looks: [accessibility, narrowness, largeLetters],
  },
  {
    name: 'in the dark',
    use: { ...LAPTOP, colorScheme: 'dark' },
    language: 'th',
    looks: [accessibility],
  },
  {
    name: 'on a laptop with the keyboard',
    use: LAPTOP,
    language: 'th',
    looks: [accessibility, keyboard],
  },
] as const)
  test.describe(name, () => {
    test.use(use);

    test(`the report can be used by everybody ${name}`, async ({ page, office }) => {
      await sendAnswers(office, 'iit-2567', people(8, { department: 2 }));
      await sendAnswers(office, 'eit-2567', people(3, { department: 1 }));
      await signIn(page, office);
      await open(page, office.server, 'report');
      await chooseLanguage(page, language);
      await expect(page.getByRole('article')).toHaveAttribute('lang', language);
      await page.getByText(adminWords(language)('report.single.title')).click();
      const found: string[] = [];
      for (const look of looks) found.push(...(await look(page)));
      expect(found).toEqual([]);
    });
  });
