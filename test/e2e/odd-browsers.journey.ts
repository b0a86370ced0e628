import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { batchSchema } from '#core/contract/batch.ts';
import { envelopeSchema } from '#core/contract/envelope.ts';
import { envelopeFileSchema } from '#core/contract/envelope-file.ts';
import { problemOf } from '#core/contract/problem.ts';
import { expect, test } from './support/journey.ts';
import { Respondent } from './support/respondent.ts';
import { tellOfNetwork, waitingEnvelopes } from './support/sending.ts';
import { storedResponses } from './support/stored-responses.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 2, gender: 1, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 6, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const LINE =
  'Mozilla/5.0 (Linux; Android 13; SM-A145F Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.0.0 Mobile Safari/537.36 Line/13.16.0/IAB';

/** Takes away what the browser should not have, before any script of the page runs. Names such as `navigator.locks`. */
async function takeAway(page: Page, names: readonly string[]): Promise<void> {
  await page.addInitScript((taken) => {
    for (const name of taken) {
      const path = name.split('.');
      const last = path.pop() ?? '';
      let owner: unknown = globalThis;
      for (const part of path) owner = Reflect.get(Object(owner), part);
      // The property may stand on the object itself or on what it inherits from.
      for (let object = owner; object; object = Reflect.getPrototypeOf(Object(object)))
        Reflect.deleteProperty(Object(object), last);
      if (last in Object(owner)) throw new Error(`${name} cannot be taken away`);
    }
  }, names);
}

/** Lets no batch through until the function returned is called. */
async function holdBatches(page: Page): Promise<() => void> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  await page.route('**/api/v1/batches', async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

/** No service worker either, as in Firefox where nothing may be kept: what asks for one hears of it. */
const forbidWorker = (page: Page) =>
  page.addInitScript(() => {
    for (const [name, kind] of [
      ['register', 'value'],
      ['ready', 'get'],
    ] as const)
      Object.defineProperty(ServiceWorkerContainer.prototype, name, {
        [kind]: () => Promise.reject(new DOMException('nothing may be kept', 'SecurityError')),
      });
  });

test('a browser that keeps nothing sends while there is network, and promises nothing else', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  await takeAway(page, ['indexedDB', 'sessionStorage']);
  await forbidWorker(page);
  const visitor = new Respondent(page, office.channel(EIT, 5));
  await visitor.scan();
  await test.step('a reload would lose the answers, so the browser asks', async () => {
    await visitor.press('notice.start');
    await visitor.hurryThrough({ service: 6 });
    const asked = page.waitForEvent('dialog');
    await page.evaluate(() => setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await visitor.isAsked('E1');
  });
  const { service: _, ...rest } = ANSWERS;
  await visitor.hurryThrough(rest);
  await visitor.press('review.send');
  await visitor.isTold('sent');

  await visitor.press('finished.again');
  await visitor.sees('notice.heading');
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('stuck');
  await expect(page.getByText(visitor.words.survey('finished.stuckText'))).toBeVisible();
  await expect(visitor.button('finished.again')).toHaveCount(0);
  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(2);
  // Right behind the paint that says so.
  const isLetGo = async () =>
    page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await expect.poll(isLetGo, 'nobody is asked any more').toBe(true);

  // Who looks for what waits hears that nobody can know it, and not that there is nothing. Nobody is asked on the way there.
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.accept();
  });
  await page.goto(`${server.url}/waiting#th`);
  expect(asked).toEqual([]);
  await expect(page.getByText(visitor.words.survey('waiting.unreadText'))).toBeVisible();
  await expect(page.getByText(visitor.words.survey('waiting.emptyText'))).toHaveCount(0);
});

test('a browser that cannot seal does not say that it keeps what was refused, and saves it to a file', async ({
  page,
  office,
}) => {
  await takeAway(page, ['crypto.subtle']);
  await page.route('**/api/v1/batches', async (route) => {
    const { envelopes } = batchSchema.parse(route.request().postDataJSON());
    const problem = problemOf('item-missing', 'E1');
    const results = envelopes.map((sent) => {
      const { id } = envelopeSchema.parse(sent);
      return { id, result: 'refused', problem };
    });
    await route.fulfill({ json: { results } });
  });
  const visitor = new Respondent(page, office.channel(EIT, 5));
  await visitor.scan();
  await visitor.answerAndSend(ANSWERS);
  await expect(page.getByText(visitor.words.survey('finished.refused'))).toBeVisible();
  await expect(page.getByText(visitor.words.survey('finished.refusedText'))).toHaveCount(0);
  expect(await waitingEnvelopes(page)).toEqual([]);

  const download = page.waitForEvent('download');
  await visitor.press('finished.saveFile');
  const file: unknown = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(envelopeFileSchema.parse(file).envelopes).toMatchObject([{ protocol: 1 }]);
  // Whoever comes next is not held up.
  await visitor.press('finished.again');
  await visitor.sees('notice.heading');
});

test('the browsers of 2020 answer and send', async ({ page, office, server }) => {
  await takeAway(page, [
    'crypto.randomUUID',
    'crypto.subtle',
    'navigator.locks',
    'navigator.serviceWorker',
    'navigator.storage',
    'caches',
    'BroadcastChannel',
    'AbortSignal.timeout',
    'AbortSignal.any',
    'Intl.Segmenter',
    'structuredClone',
    'requestIdleCallback',
    'indexedDB.databases',
    'Array.prototype.at',
    'Array.prototype.findLast',
    'Array.prototype.toSorted',
    'Object.hasOwn',
    'Object.groupBy',
    'Promise.withResolvers',
  ]);
  const visitor = new Respondent(page, office.channel(EIT, 5));
  await visitor.scan();
  await visitor.choosesLanguage('en');
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
  expect(await office.received(EIT)).toBe(1);
});

test.describe('inside LINE', () => {
  test.use({ userAgent: LINE });

  test('the page says so, offers the real browser, and says "sending now" until it is sent', async ({
    page,
    office,
    server,
  }) => {
    const visitor = new Respondent(page, office.channel(EIT, 5));
    await visitor.scan();
    await expect(page.getByText(visitor.words.survey('inApp.note', { app: 'LINE' }))).toBeVisible();
    await expect(
      page.getByRole('link', { name: visitor.words.survey('inApp.open') }),
    ).toHaveAttribute('href', `${visitor.channel.url}?openExternalBrowser=1`);
    const letGo = await holdBatches(page);
    await visitor.answerAndSend(ANSWERS);
    await visitor.isTold('holdOn');
    await expect(page.getByText(visitor.words.survey('finished.holdOnText'))).toBeVisible();
    letGo();
    await visitor.isTold('sent');
    expect(await storedResponses(server)).toHaveLength(1);
  });
});
