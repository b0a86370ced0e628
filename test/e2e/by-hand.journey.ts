// What a device cannot send is carried to the office in a file, and the device sends it all the same when it can.
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { envelopeFileSchema } from '#core/contract/envelope-file.ts';
import { expect, LAPTOP, open, signIn, test, thai } from './support/admin-journey.ts';
import { untilReadyForOffline } from './support/device.ts';
import { Respondent } from './support/respondent.ts';
import { sentEnvelopes, waitingEnvelopes, watchSending } from './support/sending.ts';
import { asStored, storedEnvelopes } from './support/stored-responses.ts';
import type { Words } from './support/words.ts';

const EIT = 'eit-2567';
const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

interface SavedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** On the waiting page, where a button says so: saves what waits, and returns the file as it lies in the downloads. */
async function saveToFile(page: Page, words: Words, count: number): Promise<SavedFile> {
  await page.getByText(words.survey('waiting.file.heading')).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: words.survey('waiting.file.save_other', { count }) })
    .click();
  const file = await download;
  await expect(page.getByText(words.survey('waiting.file.saved'))).toBeVisible();
  return {
    name: file.suggestedFilename(),
    mimeType: 'application/json',
    buffer: await readFile(await file.path()),
  };
}

/** The admin's own browser, which has a network while the device has none. */
async function openSetAside(browser: BrowserContext, office: Parameters<typeof signIn>[1]) {
  const desk = await browser.newPage();
  await signIn(desk, office);
  await open(desk, office.server, 'set-aside');
  return desk;
}

const imported = (desk: Page) =>
  desk.getByRole('region', { name: thai('import.title') }).getByRole('status');

test('a response that was carried to the office in a file is counted once, also when the device sends it later', async ({
  page,
  browser,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  // Not the language of the phone: the waiting page has to go on in it.
  await visitor.choosesLanguage('my');
  await untilReadyForOffline(page);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');

  await page
    .getByRole('link', { name: visitor.words.survey('finished.waiting_other', { count: 1 }) })
    .click();
  await visitor.sees('waiting.heading');
  const file = await saveToFile(page, visitor.words, 1);
  const [carried] = envelopeFileSchema.parse(JSON.parse(file.buffer.toString())).envelopes;
  const kept = await waitingEnvelopes(page);
  expect(kept, 'it stays on the device').toHaveLength(1);
  expect(carried).toMatchObject(kept[0] ?? {});

  // The server is back, but not for this device.
  await page.context().setOffline(true);
  await server.start();
  const computer = await browser.newContext({ ...LAPTOP, locale: 'th-TH' });
  computer.on('page', (opened) => complaints.listenTo(opened));
  const desk = await openSetAside(computer, office);
  const told = imported(desk);
  const pick = async () => desk.getByLabel(thai('import.pick')).setInputFiles(file);

  await test.step('the key is renewed meanwhile: what waits is sealed to the old one', async () => {
    await open(desk, server, 'settings');
    const seal = desk.getByRole('region', { name: thai('seal.title') });
    await expect(seal).toContainText(thai('seal.now', { number: '1' }));
    await seal.getByRole('button', { name: thai('seal.renew') }).click();
    await expect(seal.getByRole('alert')).toHaveText(thai('seal.renewHint'));
    await seal.getByRole('button', { name: thai('seal.renew'), exact: true }).click();
    await expect(seal).toContainText(thai('seal.now', { number: '2' }));
    await open(desk, server, 'set-aside');
  });

  await test.step('an admin imports it, and it is counted', async () => {
    await pick();
    await expect(told).toContainText(thai('import.end.finished'));
    await expect(told).toContainText(thai('import.result.accepted', { count: 1, n: 1 }));
    expect(await office.received(EIT)).toBe(1);
    expect(await storedEnvelopes(server)).toEqual(await asStored(server, kept));
  });

  await test.step('imported again, nothing is doubled, and the admin is told so', async () => {
    await pick();
    await expect(told).toContainText(thai('import.result.known', { count: 1, n: 1 }));
    await expect(told).not.toContainText(thai('import.result.accepted', { count: 1, n: 1 }));
    expect(await office.received(EIT)).toBe(1);
  });

  await test.step('the device sends it too, says that it was sent, and it is counted once', async () => {
    expect(await waitingEnvelopes(page), 'it still waits on the device').toEqual(kept);
    await watchSending(page);
    await page.context().setOffline(false);
    await expect(page.getByText(visitor.words.survey('waiting.empty'))).toBeVisible();
    await expect(page.getByText(visitor.words.survey('waiting.sent', { count: 1 }))).toBeVisible();
    expect(await sentEnvelopes(page)).toEqual(kept);
    await expect.poll(async () => waitingEnvelopes(page)).toEqual([]);
    expect(await office.received(EIT)).toBe(1);
    expect(await storedEnvelopes(server)).toEqual(await asStored(server, kept));
  });

  await test.step('the overview has nothing that is stuck', async () => {
    await open(desk, server);
    const stuck = desk.getByRole('region', { name: thai('overview.stuckTitle') });
    await expect(stuck).toContainText(thai('overview.nothingStuck'));
    const { conflicts, quarantined } = await office.participation();
    expect({ conflicts, quarantined }).toEqual({ conflicts: 0, quarantined: 0 });
  });
  await computer.close();
});
