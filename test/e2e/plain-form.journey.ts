import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { Respondent } from './support/respondent.ts';
import { storedResponses } from './support/stored-responses.ts';
import { Words } from './support/words.ts';

const ANSWERS = { service: 6, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5 };
const ABOUT = { age: 2, gender: null, job: 1, p1: 1, p2: 1, p4: 1 };

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false, serviceWorkers: 'block' });

  test('the poster leads to a form that is sent, comes back for what is missing, and thanks', async ({
    page,
    office,
    server,
    complaints,
  }) => {
    complaints.expect(/status of 422/);
    const visitor = new Respondent(page, office.channel('eit-2567', 5));
    await page.goto(visitor.channel.url);
    await page.waitForURL(/\/form\?lang=th$/);
    await expect(page.getByText(visitor.words.survey('plain.note'))).toBeVisible();
    const send = async () => visitor.button('review.send').click();
    const choose = async (code: string, option: number | null) =>
      page.locator(`input[name="${code}"][value="${option ?? ''}"]`).check();

    for (const [code, option] of Object.entries({ ...ANSWERS, ...ABOUT }))
      if (code !== 'E4') await choose(code, option);
    await send();
    const left = page.locator('a[href="#E4"]');
    // As high as a finger: they stand one below the other.
    expect((await left.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    await left.click();
    await expect(page.locator('input[name="E1"][value="6"]')).toBeChecked();
    await choose('E4', ANSWERS.E4);
    await send();
    await visitor.sees('finished.thanks');
    const { service, ...answers } = ANSWERS;
    expect(await storedResponses(server)).toMatchObject([
      { answers, respondent: { service, ...ABOUT, department: 5 }, quality: [] },
    ]);
  });
});

test.describe('without scripts, and without a server at Send', () => {
  test.use({ javaScriptEnabled: false, serviceWorkers: 'block' });

  test('loading the page of the browser again sends what was answered, as the form says', async ({
    page,
    office,
    server,
    complaints,
  }) => {
    complaints.networkIsCut = true;
    const visitor = new Respondent(page, office.channel('eit-2567', 5));
    await page.goto(`${visitor.channel.url}/form?lang=th`);
    await expect(page.getByText(visitor.words.survey('plain.ifGone'))).toBeVisible();
    for (const [code, option] of Object.entries({ ...ANSWERS, ...ABOUT }))
      await page.locator(`input[name="${code}"][value="${option ?? ''}"]`).check();
    await server.stop('SIGKILL');
    await visitor.button('review.send').click();
    await page.waitForURL(/^chrome-error:/);
    await server.start();
    await page.reload();
    await visitor.sees('finished.thanks');
    expect(await storedResponses(server)).toHaveLength(1);
  });
});

/** From a page whose scripts cannot take it over. */
async function isLedToForm(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'เปิดแบบประเมินไม่ได้' })).toBeVisible();
  await page.getByRole('link', { name: 'ตอบในหน้าธรรมดาแทน' }).click();
  await page.waitForURL(/\/form\?lang=th$/);
  await expect(page.getByText(new Words('th').survey('plain.note'))).toBeVisible();
}

test('where the scripts cannot be fetched, the page says so and leads to the form', async ({
  page,
  office,
  complaints,
}) => {
  complaints.networkIsCut = true;
  await page.route('**/assets/survey-*.js', async (route) => route.abort());
  await page.goto(office.channel('eit-2567', 5).url);
  await isLedToForm(page);
});

test('where the app cannot begin, the page says so and leads to the form', async ({
  page,
  office,
  complaints,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(History.prototype, 'state', {
      get() {
        throw new Error('no history here');
      },
    }),
  );
  await page.goto(office.channel('eit-2567', 5).url);
  await isLedToForm(page);
  expect(complaints.heard.splice(0)).toEqual([expect.stringContaining('no history here')]);
});
