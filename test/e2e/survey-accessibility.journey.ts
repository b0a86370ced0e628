import type { Page } from '@playwright/test';
import { problemOf } from '#core/contract/problem.ts';
import type { Language } from '#core/contract/language.ts';
import { DRAFT_LIFE, OPEN_LIFE } from '#core/contract/life.ts';
import { instrumentOf } from './support/definitions.ts';
import { expect, test } from './support/journey.ts';
import { questionsOf, Respondent, type Answers } from './support/respondent.ts';
import { overflow, ScreenCheck, untilLaidOut } from './support/screen-check.ts';

const EIT = 'eit-2567';
const IIT = 'iit-2567';

const LOCALES: Readonly<Record<Language, string>> = {
  th: 'th-TH',
  en: 'en-GB',
  zh: 'zh-CN',
  my: 'my-MM',
};

/** The item of the longest wording. */
const LONGEST = 'I2';

/** Items whose wording leaves no room for six answers at the smallest type that can be read. */
const STILL_TOO_LONG: Readonly<Record<Language, readonly string[]>> = {
  th: [],
  en: [],
  zh: [],
  my: ['I2', 'I9', 'I10'],
};

/** A phone of 667 px whose browser shows its bars. */
const LOW = { width: 375, height: 548 };

/** Whether the last answer stands above the acts at the bottom. */
async function isLastInSight(page: Page): Promise<boolean> {
  await untilLaidOut(page);
  return page.evaluate(() => {
    const last = document.querySelector('.choice:last-of-type')?.getBoundingClientRect();
    const acts = document.querySelector('.page-actions')?.getBoundingClientRect();
    return last !== undefined && acts !== undefined && last.bottom < acts.top + 1;
  });
}

/** The first answer to every question. */
const answersTo = (visitor: Respondent): Answers =>
  Object.fromEntries(questionsOf(visitor.channel).map((code) => [code, 1]));

/** The server says that it is busy, so that responses wait. */
async function keepServerBusy(page: Page): Promise<void> {
  await page.route('**/api/v1/batches', async (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '600' },
      json: problemOf('too-many-requests'),
    }),
  );
}

/** Answers up to the question that comes after `code`. */
async function hurryPast(visitor: Respondent, code: string): Promise<void> {
  const answers = Object.entries(answersTo(visitor));
  const end = answers.findIndex(([asked]) => asked === code) + 1;
  await visitor.hurryThrough(Object.fromEntries(answers.slice(0, end)));
}

const SIGHTS = [
  { language: 'th', colorScheme: 'light' },
  { language: 'th', colorScheme: 'dark' },
  { language: 'en', colorScheme: 'light' },
  { language: 'zh', colorScheme: 'light' },
  { language: 'my', colorScheme: 'light' },
] as const;

for (const { language, colorScheme } of SIGHTS)
  test.describe(`${language}, ${colorScheme}`, () => {
    test.use({
      locale: LOCALES[language],
      colorScheme,
      viewport: { width: 360, height: 640 },
      serviceWorkers: 'block',
      reducedMotion: 'reduce',
    });

    test('every screen is accessible, with targets of 48 px, and fits 320 px', async ({
      page,
      office,
      server,
      complaints,
    }) => {
      complaints.expect(/status of (404|429)|registration blocked by Playwright/);
      const check = new ScreenCheck(page);
      const visitor = new Respondent(page, office.channel(EIT, null), language);
      const { words } = visitor;

      await page.goto(server.url);
      await visitor.sees('code.heading');
      await check.look('code entry');
      await visitor.press('code.open');
      await expect(page.getByRole('alert')).toBeVisible();
      await check.look('code entry with trouble');
      await page.goto(`${server.url}/s/22222222`);
      await visitor.sees('problem.heading');
      await check.look('problem');
      const closed = await office.change(office.channel(EIT, 1), { state: 'closed' });
      await page.goto(closed.url);
      await visitor.sees('closed.heading');
      await check.look('closed');
      await office.live({ ...DRAFT_LIFE, opensOn: '2031-01-06' });
      await page.goto(visitor.channel.url);
      await visitor.sees('upcoming.heading');
      await check.look('upcoming');
      await office.live(OPEN_LIFE);

      await keepServerBusy(page);
      await visitor.scan();
      // What a finger ticks until the scripts take the page over has its size from its label.
      await expect(page.locator('#begun')).toHaveCount(0);
      await check.look('notice');
      await visitor.press('hide.hide');
      await expect(visitor.button('hide.show')).toBeVisible();
      await check.look('hidden');
      await visitor.press('hide.show');
      await page.goto(`${server.url}/privacy/${language}.html#/s/${visitor.channel.code}`);
      await page.locator('details').evaluateAll((parts) => {
        for (const part of parts) part.setAttribute('open', '');
      });
      await check.look('privacy');
      await page
        .getByRole('link', { name: words.privacy('back') })
        .first()
        .click();
      await visitor.sees('notice.heading');
      await visitor.press('notice.start');
      await visitor.isAsked('service');
      await check.look('service');
      await visitor.isToldToChoose();
      await check.look('nothing chosen');
      await hurryPast(visitor, 'service');
      await visitor.isAsked('E1');
      await visitor.choice('E1', 3).focus();
      await page.keyboard.press('Space');
      await check.look('positive item, chosen');
      await page.emulateMedia({ forcedColors: 'active' });
      // In the system's colours a choice has to show itself by more than a colour.
      const dots = page.locator('.choice-dot');
      const ring = (option: number) =>
        dots.nth(option - 1).evaluate((dot) => getComputedStyle(dot).borderTopWidth);
      expect(await ring(3)).not.toBe(await ring(2));
      await page.emulateMedia({ forcedColors: null });
      await page.reload();
      await visitor.sees('resume.heading');
      await check.look('resume');
      await visitor.press('resume.continue');
      const { service: _service, ...rest } = answersTo(visitor);
      const { department, E1, E2, E3, ...between } = rest;
      await visitor.hurryThrough({ E1: E1 ?? 1, E2: E2 ?? 1 });
      await visitor.isAsked('E3');
      await check.look('negative yes/no item');
      await visitor.hurryThrough({ E3: E3 ?? 1, ...between });
      await visitor.isAsked('department');
      await check.look('respondent field');
      await visitor.hurryThrough({ department: department ?? null });
      await visitor.sees('review.heading');
      await check.look('review');
      await visitor.press('review.send');
      await visitor.isTold('kept');
      await check.look('kept');
      await page.goto(`${server.url}/waiting`);
      await expect(page.getByText(words.survey('waiting.why.serverBusy'))).toBeVisible();
      await check.look('waiting');
      await page.unroute('**/api/v1/batches');
      await visitor.press('waiting.sendNow');
      await expect(
        page.getByRole('heading', { name: words.survey('waiting.empty') }),
      ).toBeVisible();
      await check.look('nothing waits');

      const staff = new Respondent(page, office.channel(IIT, 2), language);
      await staff.scan();
      await staff.press('notice.start');
      await hurryPast(staff, 'I4');
      await staff.isAsked('I5');
      await check.look('negative item of six steps');
      await staff.hurryThrough(Object.fromEntries(Object.entries(answersTo(staff)).slice(4)));
      await staff.press('review.send');
      await staff.isTold('sent');
      await check.look('sent');
      check.expectNoFaults();
    });
  });

for (const language of ['th', 'en', 'zh', 'my'] as const)
  test.describe(`the words in ${language}`, () => {
    test.use({ locale: LOCALES[language], viewport: { width: 360, height: 640 } });

    test('no item of six steps scrolls on a phone of 360 x 640', async ({ page, office }) => {
      const tooLong: string[] = [];
      const seemsToEndEarly: string[] = [];
      for (const instrument of [EIT, IIT]) {
        const person = new Respondent(page, office.channel(instrument, 2), language);
        await person.scan();
        await person.press('notice.start');
        const graded = instrumentOf(instrument).items.filter(({ scale }) => scale === 'scale6');
        for (const [code, option] of Object.entries(answersTo(person))) {
          await person.isAsked(code);
          const isGraded = graded.some((item) => item.code === code);
          if (isGraded && (await overflow(page)) > 0) tooLong.push(code);
          if (isGraded && language === 'th') {
            await page.setViewportSize(LOW);
            if (!(await isLastInSight(page))) seemsToEndEarly.push(code);
            await page.setViewportSize({ width: 360, height: 640 });
          }
          if (code === LONGEST) {
            // On its side even the answers alone scroll: the question has no reason to be smaller.
            await page.setViewportSize({ width: 640, height: 360 });
            await expect(person.heading).toHaveCSS('font-size', '18px');
            await page.setViewportSize({ width: 360, height: 640 });
          }
          await person.hurryThrough({ [code]: option });
        }
      }
      expect(tooLong.filter((code) => !STILL_TOO_LONG[language].includes(code))).toEqual([]);
      expect(seemsToEndEarly).toEqual([]);
    });
  });

test('the keyboard never lands on something that the bar at the bottom hides', async ({
  page,
  office,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 2));
  await visitor.scan();
  await visitor.hurryToReview(answersTo(visitor));
  for (const code of questionsOf(visitor.channel)) {
    await page.keyboard.press('Tab');
    const isInSight = await page.evaluate(() => {
      const control = document.activeElement;
      const box = control?.getBoundingClientRect();
      if (!control || !box) return false;
      const { left, right, top, bottom } = box;
      const corners = [top + 4, bottom - 4].map((y) =>
        document.elementFromPoint((left + right) / 2, y),
      );
      return corners.every((element) => element === control);
    });
    expect(isInSight, `the button of ${code}`).toBe(true);
  }

  // Letters that the page's own style makes twice as large, of which media queries know nothing: the bar hides nothing at all.
  const isAtTheEnd = () =>
    page.locator('.page-actions').evaluate((bar) => {
      window.scrollTo(0, 0);
      const before = bar.previousElementSibling?.getBoundingClientRect();
      return bar.getBoundingClientRect().top > (before?.bottom ?? Infinity) - 1;
    });
  expect(await isAtTheEnd()).toBe(false);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  expect(await isAtTheEnd()).toBe(true);
});

// Thai, and Burmese, whose words are the widest.
for (const language of ['th', 'my'] as const)
  test(`with letters of twice the size nothing is pushed out sideways, and one can answer to the end, in ${language}`, async ({
    page,
    office,
  }) => {
    const staff = new Respondent(page, office.channel(IIT, 2));
    await staff.scan();
    await staff.choosesLanguage(language);
    await staff.sees('notice.heading');
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    const tooWide: string[] = [];
    const look = async (screen: string) => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 360) tooWide.push(`${screen}: ${width} px`);
    };
    await look('notice');
    await staff.press('notice.start');
    for (const [code, option] of Object.entries(answersTo(staff))) {
      await staff.isAsked(code);
      await look(code);
      await staff.hurryThrough({ [code]: option });
    }
    await staff.sees('review.heading');
    await look('review');
    await staff.press('review.send');
    await staff.isTold('sent');
    await look('sent');
    expect(tooWide).toEqual([]);
  });

test('in the system’s colours the chosen language alone is underlined', async ({
  page,
  office,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const visitor = new Respondent(page, office.channel(EIT, 2));
  await visitor.scan();
  await visitor.choosesLanguage('en');
  await visitor.sees('notice.heading');
  const lines = await page
    .getByRole('group', { name: visitor.words.survey('language.label') })
    .getByRole('button')
    .evaluateAll((languages) => languages.map((one) => getComputedStyle(one).borderBottomWidth));
  expect(lines).toEqual(['0px', '3px', '0px', '0px']);
});

test('where motion is unwelcome nothing moves', async ({ page, office }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const visitor = new Respondent(page, office.channel(EIT, 2));
  await visitor.scan();
  await visitor.press('notice.start');
  await visitor.isAsked('service');
  await visitor.choice('service', 2).focus();
  await page.keyboard.press('Space');
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1)
      .map(({ id }) => id),
  );
  expect(moving).toEqual([]);
});
