import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { qrPath } from '#client/ui/qr-path.ts';
import { isStaffCode } from '#core/contract/staff-code.ts';
import { untilReadyForOffline } from './support/device.ts';
import { expect, LAPTOP, open, signIn, test, thai, title } from './support/admin-journey.ts';
import type { Complaints } from './support/journey.ts';
import type { Office } from './support/office.ts';
import { sheetsOf, textsOf } from './support/pdf.ts';
import { Respondent } from './support/respondent.ts';
import { readTraces } from './support/traces.ts';

const IIT = 'iit-2567';
const CITY_LAW_ENFORCEMENT = 4;
const A4_POINTS = { width: 595, height: 842 };

const ITEMS = { I1: 5, I2: 4, I3: 2, I4: 6, I5: 1, I6: 2, I7: 2, I8: 1, I9: 3, I10: 1, I11: 5 };
const ANSWERS = { ...ITEMS, I12: 4, age: null, position: null, gender: null, workyear: null };

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

interface World {
  browser: Browser;
  contextOptions: BrowserContextOptions;
  complaints: Complaints;
  office: Office;
}

/** Somebody of the staff with a phone of their own, who scans the slip with that code. */
async function scans(world: World, code: string): Promise<Respondent> {
  const context = await world.browser.newContext({ ...world.contextOptions, ...PHONE });
  const page = await context.newPage();
  world.complaints.listenTo(page);
  const channel = world.office.channel(IIT, CITY_LAW_ENFORCEMENT);
  const staff = new Respondent(page, channel);
  await page.goto(`${channel.url}#c=${code}`);
  await staff.sees('notice.heading');
  await expect(page).toHaveURL(channel.url);
  return staff;
}

async function answers(staff: Respondent): Promise<void> {
  await staff.answerAndSend(ANSWERS);
}

const setOffline = async ({ page }: Respondent, isOffline: boolean) =>
  page.context().setOffline(isOffline);

/** The codes and QR codes on the slips of the page. */
async function slipsOn(page: Page) {
  return page.locator('.slip').evaluateAll((slips) =>
    slips.map((slip) => ({
      code: slip.querySelector('.slip-code')?.textContent?.replaceAll(' ', '') ?? '',
      drawn: slip.querySelector('.qr path')?.getAttribute('d') ?? '',
    })),
  );
}

test.describe('an admin', () => {
  test.use(LAPTOP);

  test('prints slips with codes, and one of the staff answers by one of them', async ({
    page,
    office,
    browser,
    contextOptions,
    complaints,
  }) => {
    const channel = office.channel(IIT, CITY_LAW_ENFORCEMENT);
    const department = office.assessment.departments.find(
      ({ number }) => number === CITY_LAW_ENFORCEMENT,
    );
    const name = department?.name.th ?? '';
    const press = (key: string) => page.getByRole('button', { name: thai(key) }).click();
    await signIn(page, office);
    await open(page, office.server, 'channels');
    await page.getByRole('link', { name: thai('channels.staffCodes') }).click();
    await press('staffCodes.open.change');
    await expect(page.getByText(thai('staffCodes.open.sure'))).toBeVisible();
    await press('staffCodes.open.change');
    await expect(page.getByText(thai('staffCodes.open.done'))).toBeVisible();
    await expect(page.getByText(thai('staffCodes.noneYet'))).toBeVisible();
    // Before codes are made that no phone could open.
    const { host } = new URL(channel.url);
    await expect(page.getByText(thai('posters.onlyHere', { host }))).toBeVisible();
    await page.getByRole('button', { name: thai('staffCodes.makeFor', { name }) }).click();
    await expect(page.getByLabel(thai('staffCodes.howMany'))).toBeFocused();
    await page.getByLabel(thai('staffCodes.howMany')).fill('๑๒');
    await page.keyboard.press('Enter');
    await expect(title(page, thai('staffCodes.slips.title', { name }))).toBeFocused();
    await expect(page.locator('.slip')).toHaveCount(12);

    const slips = await slipsOn(page);
    expect(new Set(slips.filter(({ code }) => isStaffCode(code))).size).toBe(12);
    for (const { code, drawn } of slips)
      expect(drawn).toBe(qrPath(`${channel.url}#c=${code}`).path);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(sheetsOf(pdf)).toEqual([A4_POINTS, A4_POINTS]);
    const printed = textsOf(pdf).join('');
    const missing = slips.filter(({ code }) => !printed.includes(code));
    expect(missing).toEqual([]);
    expect(printed).toContain(`/s/${channel.code}`);

    const [mine] = slips;
    const staff = await scans({ browser, contextOptions, complaints, office }, mine?.code ?? '');
    await answers(staff);
    await staff.isTold('sent');
    expect(await office.received(IIT)).toBe(1);
    await staff.page.context().close();

    // Nobody could see the codes again.
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('link', { name: thai('nav.overview') }).click();
    await expect(page.locator('.slip')).toHaveCount(12);
    expect(asked).toEqual([thai('staffCodes.slips.sure')]);

    await press('staffCodes.slips.done');
    await press('staffCodes.slips.yes');
    await expect(
      page.getByText(thai('staffCodes.standing', { made: '12', spent: '1' })),
    ).toBeVisible();
  });
});

test('of two phones that answer offline by the same slip one counts, and the other is told', async ({
  office,
  browser,
  contextOptions,
  complaints,
}) => {
  complaints.networkIsCut = true;
  complaints.expect(/icon from the Manifest/);
  const world = { browser, contextOptions, complaints, office };
  const { codes } = await office.makeStaffCodes(CITY_LAW_ENFORCEMENT, 2);
  const [code = ''] = codes;
  const [one, other] = [await scans(world, code), await scans(world, code)];
  for (const staff of [one, other]) {
    await untilReadyForOffline(staff.page);
    await setOffline(staff, true);
    await answers(staff);
    await staff.isTold('kept');
  }
  await setOffline(one, false);
  await one.isTold('sent');
  await setOffline(other, false);
  await expect(other.page.getByText(other.words.survey('finished.uncountedText'))).toBeVisible();
  expect(await office.received(IIT)).toBe(1);
  expect(await office.participation()).toMatchObject({ uncounted: 1 });

  // The next person on the same phone needs a slip of their own, and nothing tells them of this one.
  await other.press('finished.again');
  await other.sees('ownCode.heading');
  await other.press('code.open');
  await expect(other.page.getByRole('alert')).toHaveText(other.words.survey('ownCode.empty'));
  expect(JSON.stringify(await readTraces(other.page))).not.toContain(code);
  // Before a poster that was scanned there is no screen, before one whose code was typed there is.
  await expect(other.button('question.back')).toHaveCount(0);
  await other.page.goto(office.server.url);
  await other.sees('code.heading');
  await other.page.getByLabel(other.words.survey('code.label')).fill(other.channel.code);
  await other.press('code.open');
  await other.sees('ownCode.heading');
  await other.press('question.back');
  await other.sees('code.heading');
  await other.page.goto(`${office.server.url}/waiting`);
  const uncounted = other.words.survey('waiting.uncounted_other', { count: 1 });
  await expect(other.page.getByText(uncounted)).toBeVisible();
  for (const staff of [one, other]) await staff.page.context().close();
});
