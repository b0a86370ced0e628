import type { Page } from '@playwright/test';
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
import { accessibility, narrowness, touchTargets } from './support/look.ts';

const entry = (page: Page, item: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 4, name: new RegExp(`^${item} `) }) });

const named = (key: string, item: string) => `${thai(key)} ${item}`;

const press = (page: Page, key: string, item: string) =>
  page.getByRole('button', { name: named(key, item), exact: true }).click();

const score = (page: Page) =>
  page.getByRole('region', { name: thai('oit.scoreTitle') }).getByRole('strong');

const missing = (page: Page) => page.getByRole('region', { name: thai('oit.missingTitle') });

/** Opens an item and says how it is. */
async function judge(page: Page, item: string, points: '0' | '100'): Promise<void> {
  await press(page, 'oit.edit', item);
  const form = entry(page, item);
  await form.getByLabel(thai('oit.state'), { exact: true }).selectOption('published');
  await form.getByText(points, { exact: true }).click();
}

async function save(page: Page, item: string): Promise<void> {
  await press(page, 'oit.save', item);
  await expect(entry(page, item).getByText(thai('oit.saved'))).toBeVisible();
}

test('an admin writes what is published where, by whom and until when, and takes a mistake back', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server);
  await page.getByRole('link', { name: thai('nav.oit'), exact: true }).click();
  await expect(title(page, thai('oit.title'))).toBeVisible();
  await expect(page.getByRole('heading', { level: 4 })).toHaveCount(22);
  await expect(score(page)).toHaveText('0.00');

  // From the list of what is missing to the item.
  await missing(page).getByRole('button', { name: /^O1 / }).click();
  const first = entry(page, 'O1');
  await expect(first.getByLabel(thai('oit.state'), { exact: true })).toBeFocused();
  await first.getByLabel(thai('oit.url')).fill('ยังไม่มี');
  await press(page, 'oit.save', 'O1');
  await expect(first.getByText(thai('oit.problems.url-invalid'))).toBeVisible();
  await expect(first.getByLabel(thai('oit.url'))).toBeFocused();
  await first.getByLabel(thai('oit.url')).fill('www.example.go.th/about');
  await page.getByRole('button', { name: thai('oit.addUrl') }).click();
  const second = first.getByLabel(thai('oit.furtherUrl', { n: 2 }));
  await expect(second).toBeFocused();
  await second.fill('example.go.th/structure');
  await press(page, 'oit.removeUrl', '1');
  await expect(first.getByLabel(thai('oit.url'))).toHaveValue('example.go.th/structure');
  await expect(first.getByRole('button', { name: thai('oit.urlRemoved') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first.getByLabel(thai('oit.url'))).toBeFocused();
  await expect(second).toHaveValue('example.go.th/structure');
  await first.getByLabel(thai('oit.responsible')).fill('ฝ่ายปกครอง');
  await first.getByLabel(thai('oit.due')).fill('2025-01-31');
  await expect(first.getByText('31 มกราคม 2568', { exact: true })).toBeVisible();
  await first.getByLabel(thai('oit.note')).fill('ตรวจทุกเดือน');
  await save(page, 'O1');
  await expect(
    page.getByRole('button', { name: named('oit.edit', 'O1'), exact: true }),
  ).toBeFocused();
  await expect(first.getByRole('link', { name: 'about' })).toHaveAttribute(
    'href',
    'https://www.example.go.th/about',
  );
  await expect(first.getByRole('link', { name: 'structure' })).toHaveAttribute(
    'href',
    'https://example.go.th/structure',
  );
  await expect(first).toContainText(thai('oit.dueOn', { day: '31 มกราคม 2568' }));
  await expect(first).toContainText(thai('oit.overdue'));

  await page.reload();
  await expect(first).toContainText('ฝ่ายปกครอง');
  await judge(page, 'O1', '100');
  await save(page, 'O1');
  await expect(first).not.toContainText(thai('oit.overdue'));
  // O1 is a quarter of 9.1, which is assumed to be 0.2125 of indicator 9: 0.75 x 0.2125 x 25.
  await expect(score(page)).toHaveText('3.98');
  await press(page, 'oit.undo', 'O1');
  await expect(first).toContainText(thai('oit.notJudged'));
  await expect(score(page)).toHaveText('0.00');
});

test('the list is narrowed to what is missing, late or searched for', async ({ page, office }) => {
  await signIn(page, office);
  await open(page, office.server, 'oit');
  await judge(page, 'O8', '100');
  await entry(page, 'O8').getByLabel(thai('oit.url')).fill('https://example.go.th/e-service');
  await save(page, 'O8');
  await judge(page, 'O9', '0');
  await entry(page, 'O9').getByLabel(thai('oit.due')).fill('2025-01-31');
  await save(page, 'O9');
  await page.reload();

  const cards = page.getByRole('heading', { level: 4 });
  await page.getByText(thai('oit.shows.missing', { n: 21 }), { exact: true }).click();
  await expect(cards).toHaveCount(21);
  await page.getByText(thai('oit.shows.overdue', { n: 1 }), { exact: true }).click();
  await expect(cards).toHaveText([/^O9/]);
  const search = page.getByRole('searchbox', { name: thai('oit.search') });
  await search.fill('O1');
  await expect(page.getByRole('heading', { name: thai('oit.nothingFound') })).toBeVisible();
  await page.getByRole('button', { name: thai('states.showAll'), exact: true }).click();
  await search.fill('e-service');
  await expect(cards).toHaveText([/^O8/]);
  await expect(missing(page).getByRole('listitem').first()).toContainText('O9');
});

test('assumed weights can be set, and those of the report cannot', async ({ page, office }) => {
  await signIn(page, office);
  await open(page, office.server, 'oit');
  await page.locator('summary').click();
  const weight = (code: string) => page.getByLabel(thai('oit.weights.field', { code }));
  await expect(weight('9.3')).toHaveCount(0);
  await weight('10.1').fill('60');
  await page.getByRole('button', { name: thai('oit.weights.save') }).click();
  await expect(
    page.getByText(thai('oit.weights.noWhole', { indicator: 10, sum: '110.00' })),
  ).toBeVisible();
  await weight('10.2').fill('40');
  await page.getByRole('button', { name: thai('oit.weights.save') }).click();
  await expect(page.getByText(thai('oit.weights.saved'), { exact: true })).toBeVisible();
  await judge(page, 'O22', '100');
  await save(page, 'O22');
  await expect(score(page)).toHaveText('10.00'); // 0.25 x 0.4 x 100
  await page.reload();
  await page.locator('summary').click();
  await expect(weight('10.2')).toHaveValue('40');
  await page.getByRole('button', { name: thai('oit.weights.reset') }).click();
  await page.getByRole('button', { name: thai('oit.weights.save') }).click();
  await expect(score(page)).toHaveText('12.50');
  await press(page, 'oit.undo', thai('oit.weights.title'));
  await expect(score(page)).toHaveText('10.00');
  await expect(weight('10.2')).toHaveValue('40');
});

test('what two people write at once is lost to neither, and nothing typed is left by mistake', async ({
  page,
  context,
  office,
  complaints,
}) => {
  complaints.expect(refusal(412));
  await signIn(page, office);
  await open(page, office.server, 'oit');
  await expect(page.getByRole('heading', { level: 4 })).toHaveCount(22);
  const colleague = await context.newPage();
  await open(colleague, office.server, 'oit');
  await judge(colleague, 'O5', '100');
  await save(colleague, 'O5');
  await page.bringToFront();

  await judge(page, 'O6', '100');
  await save(page, 'O6');
  await judge(page, 'O5', '0');
  await entry(page, 'O5').getByLabel(thai('oit.note')).fill('ของฉัน');
  await press(page, 'oit.save', 'O5');
  await expect(entry(page, 'O5').getByRole('alert')).toContainText(thai('oit.changedMeanwhile'));
  await expect(entry(page, 'O5').getByLabel(thai('oit.note'))).toHaveValue('ของฉัน');

  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: thai('nav.scores'), exact: true }).click();
  await expect(title(page, thai('oit.title'))).toBeVisible();

  await page.getByRole('button', { name: thai('oit.refresh') }).click();
  await expect(entry(page, 'O5')).toContainText(thai('oit.judged', { points: 100 }));
  await save(page, 'O5');
  await expect(entry(page, 'O5')).toContainText('ของฉัน');
  await expect(entry(page, 'O6')).toContainText(thai('oit.judged', { points: 100 }));

  // Nor is it taken back, not even once it is on show.
  await colleague.reload();
  await judge(colleague, 'O6', '0');
  await save(colleague, 'O6');
  await press(page, 'oit.undo', 'O6');
  await expect(entry(page, 'O6').getByRole('alert')).toContainText(thai('oit.staleUndo'));
  await page.getByRole('button', { name: thai('oit.refresh') }).click();
  await expect(entry(page, 'O6')).toContainText(thai('oit.judged', { points: 0 }));
  const undo = (item: string) =>
    page.getByRole('button', { name: named('oit.undo', item), exact: true });
  await expect(undo('O6')).toHaveCount(0);
  await expect(undo('O5')).toBeVisible();
});

test('somebody who may only look sees the checklist and nothing to change it with', async ({
  page,
  office,
}) => {
  await join(page, office, 'viewer');
  await open(page, office.server, 'oit');
  await expect(page.getByRole('heading', { level: 4 })).toHaveCount(22);
  await page.locator('summary').click();
  await expect(page.getByText(thai('oit.weights.assumption'), { exact: true })).toHaveCount(6);
  await expect(page.getByRole('button', { name: thai('oit.edit') })).toHaveCount(0);
  await expect(page.getByRole('button', { name: thai('oit.weights.save') })).toHaveCount(0);
  await missing(page).getByRole('button', { name: /^O1 / }).click();
  await expect(entry(page, 'O1').getByRole('heading')).toBeFocused();
  await expect(entry(page, 'O1')).toBeInViewport();
  await expect(page.getByLabel(thai('oit.state'), { exact: true })).toHaveCount(0);
});

for (const { name, use } of [
  { name: 'on a phone', use: {} },
  { name: 'on a laptop', use: LAPTOP },
])
  test.describe(name, () => {
    test.use(use);

    test(`an item can be changed with the keyboard, and everybody can use the form ${name}`, async ({
      page,
      office,
    }) => {
      await signIn(page, office);
      await open(page, office.server, 'oit');
      await page.getByRole('button', { name: named('oit.edit', 'O3') }).press('Enter');
      const form = entry(page, 'O3');
      await expect(form.getByLabel(thai('oit.state'), { exact: true })).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.keyboard.type('https://example.go.th/schools');
      const found = [
        ...(await accessibility(page)),
        ...(await touchTargets(page)),
        ...(await narrowness(page)),
      ];
      expect(found).toEqual([]);
      await page.keyboard.press('Enter');
      await expect(form.getByText(thai('oit.saved'))).toBeVisible();
      await expect(form).toContainText(thai('oit.states.published'));
      await expect(form).toContainText(thai('oit.judged', { points: 100 }));
    });
  });
