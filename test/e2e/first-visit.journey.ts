import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { LANGUAGE_NAMES } from '#client/i18n/language-names.ts';
import { Respondent } from './support/respondent.ts';
import { storedResponses } from './support/stored-responses.ts';
import { Words } from './support/words.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 2, gender: 1, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 6, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

test('whoever loses the network before the code that sends has arrived can send once it is back', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 5));
  // It is asked for half a second after the page is there, and is not to come before the server has ended.
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  await page.route('**/sending-*', async (route) => {
    await isOver;
    await route.continue();
  });
  const missed = page.waitForEvent('requestfailed', (request) => /sending/.test(request.url()));
  await visitor.scan();
  await server.stop();
  end();
  await missed;
  await visitor.answerAndSend(ANSWERS);
  // Wherever on the long page one was.
  await expect(page.getByText(visitor.words.survey('review.notKept'))).toBeInViewport({ ratio: 1 });

  await server.start();
  await visitor.press('review.send');
  // Firefox never asks again for a module that failed: there the page is loaded anew, and asks whether to go on.
  const goOn = visitor.button('resume.continue');
  await expect(
    goOn.or(page.getByText(visitor.words.survey('finished.sent'), { exact: true })),
  ).toBeVisible();
  if (await goOn.isVisible()) {
    await goOn.click();
    await visitor.sees('review.heading');
    await visitor.press('review.send');
  }
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});

test('the first answer and a language are tapped before any script has come, and all answers take fifteen taps', async ({
  page,
  office,
  server,
}) => {
  const { promise: scriptsMayCome, resolve: letScriptsCome } = Promise.withResolvers<void>();
  await page.route('**/assets/survey-*.js', async (route) => {
    await scriptsMayCome;
    await route.continue();
  });
  let taps = 0;
  await page.exposeFunction('noteTap', () => (taps += 1));
  await page.addInitScript(() =>
    addEventListener('pointerdown', () => void Reflect.get(window, 'noteTap')()),
  );
  const visitor = new Respondent(page, office.channel(EIT, 5));
  await page.goto(visitor.channel.url, { waitUntil: 'commit' });
  await visitor.sees('notice.heading');
  await expect(visitor.button('hide.hide')).toBeDisabled();
  await page.getByText(visitor.words.survey('notice.start'), { exact: true }).click();
  await visitor.isAsked('service');
  await visitor.choice('service', 6).click();
  await expect(visitor.choice('service', 6)).toBeChecked();
  // What the window of another app puts into every page fails, and what helps the browser.
  await page.evaluate(() => {
    for (const filename of [location.href, 'https://helper.invalid/assets/helper.js', ''])
      dispatchEvent(new ErrorEvent('error', { filename }));
    const promise = new Promise(() => undefined);
    dispatchEvent(new PromiseRejectionEvent('unhandledrejection', { promise }));
    document.head.append(document.createElement('link'));
    document.head.lastElementChild?.dispatchEvent(new Event('error'));
  });
  await expect(visitor.choice('service', 6)).toBeChecked();
  await page.getByText(LANGUAGE_NAMES.en, { exact: true }).filter({ visible: true }).click();
  letScriptsCome();
  visitor.words = new Words('en');
  await visitor.isAsked('E1');
  await visitor.noteTap();
  await visitor.choosesLanguage('th');

  const { service, ...others } = ANSWERS;
  await visitor.tapThrough(others);
  await visitor.sees('review.heading');
  await visitor.press('review.send');
  await visitor.isTold('sent');
  const forTheAnswers = taps - 2;
  expect(forTheAnswers).toBe(1 + Object.keys(ANSWERS).length + 1);
  expect(forTheAnswers).toBeLessThanOrEqual(16);
  const [stored] = await storedResponses(server);
  expect(stored).toMatchObject({ respondent: { service, department: 5 } });
});

test('until the scripts have a moment that nobody feels, what is tapped is shown, kept and heard', async ({
  context,
  office,
}) => {
  // Touched all the time: such a moment comes only by what is tapped here.
  await context.addInitScript(() => setInterval(() => dispatchEvent(new Event('pointerdown')), 50));
  /** Somebody in a tab of their own, before the first question, whose scripts are there and wait. */
  const begin = async () => {
    const visitor = new Respondent(await context.newPage(), office.channel(EIT, 5));
    const { page, words } = visitor;
    await visitor.scan();
    await expect(visitor.button('hide.hide')).toBeEnabled();
    await page.getByText(words.survey('notice.start'), { exact: true }).click();
    await visitor.isAsked('service');
    const rendered = page.locator('#first-question');
    await expect(rendered).toBeVisible();
    return { visitor, rendered };
  };

  await test.step('a tap on an answer', async () => {
    const { visitor } = await begin();
    await visitor.choice('service', 6).click();
    await visitor.isAsked('E1');
    await visitor.press('question.back');
    await expect(visitor.choice('service', 6)).toBeChecked();
  });

  await test.step('a key, which chooses and stays', async () => {
    const { visitor, rendered } = await begin();
    await visitor.choice('service', 1).focus();
    await visitor.page.keyboard.press('ArrowDown');
    await expect(rendered).toHaveCount(0);
    await visitor.isAsked('service');
    await expect(visitor.choice('service', 2)).toBeChecked();
    await expect(visitor.choice('service', 2)).toBeFocused();
    await visitor.page.keyboard.press('Enter');
    await visitor.isAsked('E1');
  });

  await test.step('buttons, which need the scripts', async () => {
    const { visitor } = await begin();
    await visitor.press('question.next');
    await expect(visitor.page.getByText(visitor.words.survey('question.choose'))).toBeVisible();
    await visitor.press('hide.hide');
    await expect(visitor.button('hide.show')).toBeVisible();
  });
});

/** As from a server that has only the files of the next version. The function returned: the next page that is opened is of that one. */
async function onOldVersion(page: Page): Promise<() => void> {
  let isAnew = false;
  await page.route('**/assets/sending-*.js', async (route) =>
    isAnew ? route.continue() : route.fulfill({ status: 404, contentType: 'text/javascript' }),
  );
  return () => {
    page.on('request', (request) => {
      isAnew ||= request.isNavigationRequest();
    });
  };
}

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('whoever answers while the server gets a new version sends from a fresh page', async ({
    page,
    office,
    server,
    complaints,
  }) => {
    complaints.expect(/status of 404|registration blocked by Playwright|disallowed MIME type/);
    const visitor = new Respondent(page, office.channel(EIT, 5));
    const leaveOldVersion = await onOldVersion(page);
    await visitor.scan();
    await visitor.hurryToReview(ANSWERS);
    leaveOldVersion();
    await visitor.press('review.send');
    await visitor.press('resume.continue');
    await visitor.sees('review.heading');
    await visitor.press('review.send');
    await visitor.isTold('sent');
    expect(await storedResponses(server)).toHaveLength(1);
  });

  test('whoever types a code meanwhile gets the page of the channel', async ({
    page,
    office,
    server,
    complaints,
  }) => {
    complaints.expect(/status of 404|registration blocked by Playwright|disallowed MIME type/);
    const visitor = new Respondent(page, office.channel(EIT, 5));
    const leaveOldVersion = await onOldVersion(page);
    await page.goto(server.url);
    await visitor.sees('code.heading');
    leaveOldVersion();
    await page.getByLabel(visitor.words.survey('code.label')).fill(visitor.channel.code);
    await visitor.press('code.open');
    await visitor.sees('notice.heading');
    await expect(page).toHaveURL(visitor.channel.url);
  });
});

test('in Chinese no gap stands between two sentences that are put together', async ({
  page,
  office,
}) => {
  const visitor = new Respondent(page, office.channel(EIT, 5));
  await visitor.scan();
  await visitor.choosesLanguage('zh');
  await visitor.sees('notice.heading');
  const told = page.getByText(visitor.words.survey('notice.free'));
  /** From the end of each sentence to the beginning of the next one on its line, as shares of a letter. */
  const gaps = await told.evaluate((paragraph) => {
    const sentences = [...paragraph.childNodes].filter((node) => node.textContent?.trim());
    const boxes = sentences.map((sentence) => {
      const range = document.createRange();
      range.selectNodeContents(sentence);
      return [...range.getClientRects()];
    });
    const letter = Number.parseFloat(getComputedStyle(paragraph).fontSize);
    return boxes.slice(1).flatMap(([next], index) => {
      const before = boxes[index]?.at(-1);
      if (!before || !next || next.top >= before.bottom) return [];
      return [(next.left - before.right) / letter];
    });
  });
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) expect(gap).toBeLessThan(0.1);
});
