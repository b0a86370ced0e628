import type { Locator } from '@playwright/test';
import { questionsOf, Respondent } from './support/respondent.ts';
import { untilLaidOut } from './support/screen-check.ts';
import { storedResponses } from './support/stored-responses.ts';
import { untilReadyForOffline } from './support/device.ts';
import { expect, test } from './support/journey.ts';
import { ofOnePerson, readRows, readTraces } from './support/traces.ts';
import { Words } from './support/words.ts';

const EIT = 'eit-2567';
const REVENUE_SECTION = 2;

const ANSWERS = {
  service: 4,
  E1: 6,
  E2: 5,
  E3: 2,
  E4: 4,
  E5: 1,
  E6: 3,
  age: 3,
  gender: null,
  job: 2,
  p1: 4,
  p2: 1,
  p4: 2,
};

/** A tap at that moment of the page's clock, as browsers tell of it that count each by itself. */
const tapAt = async (control: Locator, moment: number) =>
  control.evaluate((element, timeStamp) => {
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 });
    Object.defineProperty(click, 'timeStamp', { value: timeStamp });
    element.dispatchEvent(click);
  }, moment);

test('a visitor answers by taps, turns back, changes the language, mends an answer and sends', async ({
  page,
  browserName,
  office,
  server,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, REVENUE_SECTION));
  const { service, E1, E2, E3, E4, E5, E6, ...about } = ANSWERS;
  expect(questionsOf(visitor.channel)).toEqual(Object.keys(ANSWERS));

  await office.settle({
    complaints: [
      { name: { th: 'สายด่วน กทม.', zh: '曼谷热线' }, address: 'tel:1555' },
      { name: { th: 'เว็บร้องเรียน', en: 'Complaints online' }, address: 'https://office.go.th/' },
    ],
  });
  const later = async (ms: number) => (await page.evaluate(() => performance.now())) + ms;
  await visitor.scan();
  await expect(page.locator('html')).toHaveAttribute('lang', 'th');
  await expect(page.getByText('สำนักงานเขต', { exact: true })).toBeVisible();
  await expect(page.getByText('ฝ่ายรายได้', { exact: true })).toBeVisible();
  await expect(page.getByText(visitor.words.survey('notice.notKeptWhat'))).toBeVisible();

  await test.step('who can see the answers is told in every language, and the way back keeps one’s own', async () => {
    await visitor.choosesLanguage('en');
    await page.getByRole('link', { name: visitor.words.survey('privacy') }).click();
    await expect(visitor.heading).toHaveText(visitor.words.privacy('title'));
    for (const language of ['my', 'zh', 'th'] as const) {
      await page.locator(`nav a[lang=${language}]`).click();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(visitor.heading).toHaveText(new Words(language).privacy('title'));
    }
    const thai = new Words('th');
    const who = page.getByText(thai.privacy('who.auditor.what'));
    await expect(who).toBeHidden();
    await page.getByText(thai.privacy('who.title')).click();
    await expect(who).toBeVisible();
    await page
      .getByRole('link', { name: thai.privacy('back') })
      .first()
      .click();
    await visitor.sees('notice.heading');
    await expect(page).toHaveURL(visitor.channel.url);
    await visitor.choosesLanguage('th');
  });
  await visitor.press('notice.start');

  await test.step('a tap moves on, Back returns to the answer', async () => {
    await visitor.tap('service', service);
    await visitor.isAsked('E1');
    // Half a second behind the tap before, as a third of it passed before this question came.
    const moment = await later(200);
    await tapAt(visitor.choice('E1', E1), moment);
    await visitor.isAsked('E2');
    // The second half of a slow double tap meets the next question.
    await tapAt(visitor.choice('E2', E1), moment + 499);
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await expect(page.getByText('3 / 13', { exact: true })).toBeVisible();
    await visitor.press('question.back');
    await visitor.isAsked('E1');
    await expect(visitor.choice('E1', E1)).toBeChecked();
    await page.goBack();
    await visitor.isAsked('service');
    await expect(visitor.choice('service', service)).toBeChecked();
    await page.goForward();
    await visitor.isAsked('E1');
    // The second press was not meant for the question that comes, so nobody is told to choose.
    const next = visitor.button('question.next');
    const pressed = await later(0);
    await tapAt(next, pressed);
    await visitor.isAsked('E2');
    await tapAt(next, pressed + 499);
    await untilLaidOut(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('nobody passes a question without an answer', async () => {
    await visitor.isToldToChoose();
    await visitor.tap('E2', E2);
    await visitor.isAsked('E3');
  });

  await test.step('an item about what should not happen says so in words and by a mark', async () => {
    const label = page.getByText(visitor.words.survey('question.negative'), { exact: true });
    await expect(label).toBeVisible();
    await expect(label.locator('svg')).toBeVisible();
    await visitor.tap('E3', E3);
    await visitor.isAsked('E4');
    await expect(label).toBeHidden();
  });

  await test.step('the language changes in the middle and nothing else does', async () => {
    await page.goBack();
    for (const language of ['my', 'en', 'zh'] as const) {
      await visitor.choosesLanguage(language);
      await visitor.isAsked('E3');
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(visitor.choice('E3', E3)).toBeChecked();
      const place = visitor.words.figures('4 / 13');
      await expect(page.getByText(place, { exact: true })).toBeVisible();
    }
    await visitor.press('question.next');
    await visitor.tapThrough({ E4, E5, E6, ...about });
  });

  await test.step('the review shows every answer and lets one be changed', async () => {
    await visitor.sees('review.heading');
    const row = (code: string) =>
      page.getByRole('listitem').filter({ hasText: visitor.words.short(EIT, code) });
    await expect(page.getByRole('listitem')).toHaveCount(13);
    await expect(row('E5')).toContainText(visitor.optionWords('E5', E5));
    // Half a second behind the last answer.
    await expect(visitor.button('review.send')).toBeEnabled();
    const moment = await later(0);
    await row('E5').getByRole('button').click();
    await visitor.isAsked('E5');
    // The second half of a double tap on "Change" changes nothing.
    await tapAt(visitor.choice('E5', 2), moment);
    await expect(visitor.choice('E5', E5)).toBeChecked();
    await tapAt(visitor.choice('E5', 2), await later(500));
    await visitor.sees('review.heading');
    await expect(row('E5')).toContainText(visitor.optionWords('E5', 2));
    // Not the top of it, from where the line would have to be looked for.
    await expect(row('E5').getByRole('button')).toBeFocused();
    await expect(row('E5')).toBeInViewport({ ratio: 1 });
  });

  await visitor.press('review.send');
  await visitor.isTold('sent');

  await test.step('who wants to complain is told where, and the other site not by whom', async () => {
    await expect(page.getByRole('link', { name: '曼谷热线 1555' })).toHaveAttribute(
      'href',
      'tel:1555',
    );
    const online = page.getByRole('link', { name: 'Complaints online office.go.th' });
    await expect(online).toHaveAttribute('href', 'https://office.go.th/');
    await expect(online).toHaveAttribute('rel', 'noopener noreferrer');
  });

  await test.step('the server holds exactly that', async () => {
    const [response, ...others] = await storedResponses(server);
    expect(others).toEqual([]);
    expect(response).toMatchObject({
      instrument: EIT,
      language: 'zh',
      answers: { E1, E2, E3, E4, E5: 2, E6 },
      respondent: { service, ...about, department: REVENUE_SECTION },
    });
    expect(await office.received(EIT)).toBe(1);
  });

  await test.step('but for the copy for a restored server nothing of it is left on the phone', async () => {
    const tables = async () => readRows(page);
    await expect.poll(tables).toMatchObject({
      'sucharit/outbox': [],
      'sucharit/acknowledged': [{ day: 0 }],
      'sucharit/counters': [{ finished: 1, acknowledged: 1 }],
    });
    // The copy for a restored server is sealed like all that waits.
    expect(JSON.stringify(await tables())).not.toMatch(/\bE\d\b|answer|respondent/);
    await untilReadyForOffline(page);
    const caches = async () => Object.keys((await readTraces(page)).cached).join('\n');
    // The worker of Firefox asks in the machine's language, not in that of the journey, and so keeps no page.
    if (browserName === 'chromium') await expect.poll(caches).toContain('pages-v1 /s/');
    const traces = await readTraces(page);
    expect(await ofOnePerson(traces.cached, server.url)).toEqual([]);
    expect(traces.sessionStorage).toEqual({});
    expect(traces.localStorage).toEqual({});
    expect(traces.address).toBe(visitor.channel.url);
    expect(JSON.stringify(traces.historyState)).not.toMatch(/\bE\d|answer|respondent/);
    await page.goForward();
    await visitor.sees('finished.thanks');
    await visitor.press('finished.again');
    await visitor.sees('notice.heading');
    await page.goForward();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  });
});

for (const { locale, language } of [
  { locale: 'zh-CN', language: 'zh' },
  { locale: 'fr-FR', language: 'th' },
] as const)
  test.describe(() => {
    test.use({ locale });

    test(`a browser set to ${locale} opens the survey in ${language}`, async ({ page, office }) => {
      const visitor = new Respondent(page, office.channel(EIT, REVENUE_SECTION), language);
      await visitor.scan();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page).toHaveTitle(visitor.words.survey('title'));
    });
  });

test("the whole office's channel asks for the service, which nobody has to tell, and the department; one that has both asks for neither", async ({
  page,
  office,
  server,
}) => {
  const { service, ...rest } = ANSWERS;
  const visitor = new Respondent(page, office.channel(EIT, null));
  await visitor.scan();
  await visitor.press('notice.start');
  await visitor.hurryThrough({ ...ANSWERS, service: null });
  await visitor.isAsked('department');
  // Of a list that is higher than the window the top is out of sight.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await visitor.isToldToChoose();
  await expect(page.getByRole('alert')).toBeInViewport({ ratio: 1 });
  await visitor.hurryThrough({ department: 11 });
  await visitor.sees('review.heading');
  // A second press of an impatient finger sends no second response.
  const send = visitor.button('review.send');
  await expect(send).toBeEnabled();
  await send.evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await visitor.isTold('sent');

  const fines = await office.change(office.channel(EIT, 4), { service });
  const fined = new Respondent(page, fines);
  // So short that the notice and the thanks do not fit.
  await page.setViewportSize({ width: 320, height: 400 });
  await fined.scan();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await fined.answerAndSend(rest);
  await fined.isTold('sent');
  // Also once the browser is back at the entry of the notice.
  await expect.poll(() => page.evaluate(() => history.state?.surveyEntry)).toBeUndefined();
  await untilLaidOut(page);
  expect(await page.evaluate(() => scrollY)).toBe(0);

  const stored = await storedResponses(server);
  const departments = stored.map(({ respondent }) => respondent);
  expect(departments).toHaveLength(2);
  expect(departments).toContainEqual(expect.objectContaining({ service: null, department: 11 }));
  expect(departments).toContainEqual(expect.objectContaining({ service, department: 4 }));
});

test('by the keyboard alone: arrows choose and stay, Enter moves on, the focus lands on the question', async ({
  page,
  office,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, REVENUE_SECTION));
  const { keyboard } = page;
  await visitor.scan();
  await expect(visitor.heading).toBeFocused();
  await visitor.tabsTo(visitor.button('notice.start'));
  await keyboard.press('Enter');

  await visitor.isAsked('service');
  await expect(visitor.heading).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(visitor.choice('service', 3)).toBeChecked();
  await expect(visitor.choice('service', 3)).toBeFocused();
  await visitor.isAsked('service');
  await keyboard.press('Enter');

  await visitor.isAsked('E1');
  await expect(visitor.heading).toBeFocused();
  await keyboard.press('Enter');
  await visitor.isAsked('E1');
  await visitor.tabsTo(page.getByRole('button', { name: 'မြန်မာ' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'my');
});

test('a page that is loaded again in the middle asks whether to go on or to start anew', async ({
  page,
  office,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, REVENUE_SECTION));
  await visitor.scan();
  await visitor.choosesLanguage('en');
  await visitor.sees('notice.heading');
  // Where nothing was answered yet the language alone would be lost.
  await page.reload();
  await visitor.sees('notice.heading');
  await visitor.press('notice.start');
  await visitor.isAsked('service');
  await page.reload();
  await visitor.sees('notice.heading');
  await visitor.press('notice.start');
  await visitor.isAsked('service');
  await visitor.choosesLanguage('zh');
  await visitor.isAsked('service');
  await page.goBack();
  await visitor.sees('notice.heading');
  await page.reload();
  await visitor.sees('notice.heading');
  await visitor.choosesLanguage('en');
  await visitor.press('notice.start');
  await visitor.hurryThrough({ service: 1, E1: 2 });
  await visitor.isAsked('E2');

  // In the very moment of the tap, before anything of it can be painted.
  const saved = await visitor.choice('E2', 3).evaluate((answer: HTMLInputElement) => {
    answer.click();
    const storage = JSON.stringify(Object.entries(sessionStorage));
    location.reload();
    return storage;
  });
  expect(saved).toMatch(/E2\W+3\b/);
  await visitor.sees('resume.heading');
  await visitor.press('resume.continue');
  await visitor.isAsked('E2');
  await expect(visitor.choice('E2', 3)).toBeChecked();
  await visitor.press('question.back');
  await expect(visitor.choice('E1', 2)).toBeChecked();

  // Another poster in the same tab, and back to what was begun.
  const other = new Respondent(page, office.channel(EIT, null));
  await other.scan();
  await other.press('notice.start');
  await other.hurryThrough({ service: 2 });
  await page.goto(visitor.channel.url);
  await visitor.sees('resume.heading');
  await visitor.press('resume.anew');
  await visitor.sees('notice.heading');
  expect((await readTraces(page)).sessionStorage).toEqual({
    [`sucharit:draft:${other.channel.code}`]: expect.stringContaining('"service":2'),
  });
  await visitor.press('notice.start');
  await visitor.isAsked('service');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('one button hides the answers from whoever looks over the shoulder, and brings them back', async ({
  page,
  office,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, REVENUE_SECTION));
  await visitor.scan();
  await visitor.press('notice.start');
  await visitor.hurryThrough({ service: 1 });
  await visitor.choice('E1', 5).focus();
  await page.keyboard.press('Space');
  const nothingElse = async () => {
    await expect(page.locator('body')).toMatchAriaSnapshot(`
      - /children: equal
      - main:
        - /children: equal
        - button "${visitor.words.survey('hide.show')}"
    `);
    await expect(page.locator('body')).toHaveText(visitor.words.survey('hide.show'));
    await expect(page).toHaveTitle('…');
  };
  await visitor.press('hide.hide');
  await nothingElse();
  await visitor.press('hide.show');
  await visitor.isAsked('E1');
  await expect(visitor.choice('E1', 5)).toBeChecked();

  await test.step('also by the keyboard, where all answers stand together', async () => {
    const { service: _service, ...rest } = ANSWERS;
    await visitor.hurryThrough(rest);
    await visitor.sees('review.heading');
    await visitor.tabsTo(visitor.button('hide.hide'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await nothingElse();
    await expect(visitor.button('hide.show')).toBeFocused();
    await page.keyboard.press('Enter');
    await visitor.sees('review.heading');
  });
});
