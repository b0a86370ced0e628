import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { envelopeFile, envelopeFileSchema } from '#core/contract/envelope-file.ts';
import {
  expect,
  LAPTOP,
  open,
  refusal,
  signIn,
  test,
  thai,
  title,
} from './support/admin-journey.ts';
import { envelopesOf, people, sendAnswers } from './support/responses.ts';
import { conflict, quarantine, reportDevice, understand } from './support/troubles.ts';
import { watchFor } from './support/watch-for.ts';

/** A report shows by itself: a poll is due every four seconds, on a busy machine later. */
const LIVE = { timeout: 25_000 };

const region = (page: Page, key: string) => page.getByRole('region', { name: thai(key) });
const figure = (page: Page, key: string) =>
  page
    .getByRole('term')
    .filter({ hasText: thai(key) })
    .locator('xpath=following-sibling::dd');
const late = (n: number) => thai('alarms.late', { count: n, n, hours: 24 });
const busy = (seconds: number) => thai('import.pause.busy', { count: seconds, seconds });
const button = (page: Page, name: string) => page.getByRole('button', { name });

async function pick(page: Page, name: string, content: string): Promise<void> {
  await page
    .getByLabel(thai('import.pick'))
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
}

test('the overview tells what waits on devices, and raises an alarm by itself when it waits too long', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server);
  const stuck = region(page, 'overview.stuckTitle');
  await expect(stuck).toContainText(thai('deliveries.noReports'));

  await sendAnswers(office, 'iit-2567', people(5));
  const tablet = { id: randomUUID(), channel: office.channel('iit-2567', 1).code };
  await reportDevice(office, { ...tablet, acknowledged: 5, waiting: 3 });
  await expect(figure(page, 'deliveries.finished')).toHaveText('8', LIVE);
  await expect(figure(page, 'deliveries.received')).toHaveText('5');
  await expect(figure(page, 'deliveries.waiting')).toHaveText('3');
  await expect(stuck).toContainText(thai('deliveries.waitingOn', { count: 1, n: 3, devices: 1 }));
  await expect(page.getByText(late(1))).toHaveCount(0);

  await reportDevice(office, {
    ...tablet,
    revision: 2,
    acknowledged: 5,
    waiting: 3,
    oldestWaitingHours: 30,
  });
  const alarm = page.getByRole('status').filter({ hasText: late(1) });
  await expect(alarm).toBeVisible(LIVE);
  await alarm.getByRole('link', { name: thai('alarms.what') }).click();
  await expect(title(page, thai('setAside.title'))).toBeFocused();
  const device = region(page, 'deliveries.title')
    .getByRole('listitem')
    .filter({
      has: page.getByRole('heading', { name: 'ฝ่ายโยธา' }),
    });
  await expect(device).toContainText(thai('deliveries.tooLong', { hours: 24 }));
  // Midnight in Thailand may have come in between.
  await expect(device).toContainText(new RegExp(`${thai('days.today')}|${thai('days.yesterday')}`));
  await expect(page.getByText(thai('deliveries.do.network'))).toBeVisible();
});

test('an admin reads why answers were refused and that a device is full, gives it up and takes that back', async ({
  page,
  office,
}) => {
  await reportDevice(office, {
    channel: office.channel('eit-2567', null).code,
    waiting: 4,
    refused: 2,
    refusedBecause: ['item-missing', 'folded'],
    oldestWaitingHours: 50,
    isStorageNearlyFull: true,
  });
  await signIn(page, office);
  await open(page, office.server, 'set-aside');
  const devices = region(page, 'deliveries.title');
  await expect(devices.getByRole('heading', { name: thai('channels.wholeOffice') })).toBeVisible();
  for (const words of [
    thai('problems:item-missing'),
    thai('errors.unknownReason'),
    thai('deliveries.nearlyFull'),
    thai('deliveries.do.refused'),
  ])
    await expect(devices).toContainText(words);

  await button(page, thai('deliveries.gone')).click();
  await expect(devices.getByText(thai('deliveries.writtenOff'), { exact: true })).toBeVisible();
  await expect(page.getByText(thai('deliveries.writtenOffNow'))).toBeVisible();
  await expect(button(page, thai('deliveries.takeBack'))).toBeFocused();
  await expect(devices).toContainText(thai('deliveries.givenUp', { count: 6, n: 6 }));
  await open(page, office.server);
  await expect(region(page, 'overview.stuckTitle')).toContainText(thai('overview.nothingStuck'));

  await open(page, office.server, 'set-aside');
  await button(page, thai('deliveries.takeBack')).click();
  await expect(button(page, thai('deliveries.gone'))).toBeFocused();
  await expect(devices.getByText(thai('deliveries.writtenOff'), { exact: true })).toBeHidden();

  for (const department of [1, 2, 3, 4, 5, 6, 7, 8])
    await reportDevice(office, {
      channel: office.channel('eit-2567', department).code,
      waiting: 1,
    });
  await page.reload();
  const rows = devices.getByRole('heading', { level: 3 });
  await expect(rows).toHaveCount(9 + 1); // and the one above what to do
  await page.getByRole('searchbox').fill('โยธา');
  await expect(rows).toHaveCount(1 + 1);
  await page.getByRole('searchbox').fill('ไม่มีฝ่ายนี้');
  await expect(devices).toContainText(thai('setAside.notSearchedFor'));
  await expect(devices.getByText(thai('deliveries.nothingWaits'))).toHaveCount(0);
});

test('what the server set aside is explained, tried again, counted, and can be saved to a file', async ({
  page,
  office,
}) => {
  const understood = await quarantine(office, 3);
  await conflict(office);
  await signIn(page, office);
  await open(page, office.server);
  await page.getByRole('link', { name: thai('overview.toSetAside') }).click();

  const server = region(page, 'setAside.onServer');
  await expect(
    server.getByRole('heading', { name: thai('setAside.reasons.instrument') }),
  ).toBeVisible();
  await expect(server).toContainText(thai('setAside.responses', { count: 3, n: 3 }));
  await expect(server).toContainText(thai('setAside.conflictsWhy'));
  await button(page, thai('setAside.retry')).click();
  const told = server.getByRole('status');
  await expect(told).toContainText(thai('setAside.retried.remaining', { count: 3, n: 3 }));

  const download = page.waitForEvent('download');
  await button(page, thai('setAside.export')).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(envelopeFileSchema.parse(JSON.parse(saved)).envelopes).toHaveLength(4);

  await understand(office, understood);
  await button(page, thai('setAside.retry')).click();
  await expect(told).toContainText(thai('setAside.retried.counted', { count: 3, n: 3 }));
  await expect(button(page, thai('setAside.retry'))).toBeHidden();
  expect(await office.received('iit-2567')).toBe(4);
});

test.describe('on a laptop', () => {
  test.use(LAPTOP);

  test('a file from a device is imported, and again without counting anything twice', async ({
    page,
    office,
  }) => {
    const envelopes: unknown[] = envelopesOf(office, 'eit-2567', people(250));
    const file = JSON.stringify({
      ...JSON.parse(envelopeFile([])),
      envelopes: [...envelopes, { id: 'torn' }],
    });
    await signIn(page, office);
    await open(page, office.server);
    await page.getByRole('link', { name: thai('nav.setAside'), exact: true }).click();
    const told = region(page, 'import.title').getByRole('status');

    await pick(page, 'tablet.json', file);
    await expect(told).toContainText(thai('import.end.finished'));
    await expect(told).toContainText(thai('import.result.accepted', { count: 250, n: 250 }));
    await expect(told).toContainText(thai('import.result.refused', { count: 1, n: 1 }));
    await expect(told).toContainText(thai('problems:envelope-malformed'));
    expect(await office.received('eit-2567')).toBe(250);

    await pick(page, 'tablet.json', file);
    await expect(told).toContainText(thai('import.result.known', { count: 250, n: 250 }));
    expect(await office.received('eit-2567')).toBe(250);
  });

  test('a file can be dropped', async ({ page, office }) => {
    const text = envelopeFile(envelopesOf(office, 'iit-2567', people(2)));
    await signIn(page, office);
    await open(page, office.server, 'set-aside');
    const section = region(page, 'import.title');
    const dropped = await page.evaluateHandle((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'counter.json'));
      return data;
    }, text);
    await section.getByText(thai('import.drop')).dispatchEvent('drop', { dataTransfer: dropped });
    await expect(section.getByRole('status')).toContainText(
      thai('import.result.accepted', { count: 2, n: 2 }),
    );
  });
});

test('files that are no good are told from each other, and the next one can be tried', async ({
  page,
  office,
}) => {
  const text = envelopeFile(envelopesOf(office, 'iit-2567', people(2)));
  await signIn(page, office);
  await open(page, office.server, 'set-aside');
  const told = region(page, 'import.title').getByRole('status');
  const files = [
    ['damaged', text.slice(0, -9)],
    ['empty', ''],
    ['other-kind', '{"name":"holiday"}'],
    ['nothing-inside', envelopeFile([])],
  ] as const;
  for (const [problem, content] of files) {
    await pick(page, `${problem}.json`, content);
    await expect(told).toContainText(`${problem}.json ${thai(`import.wrong.${problem}`)}`);
  }
  await pick(page, 'whole.json', text);
  await expect(told).toContainText(thai('import.result.accepted', { count: 2, n: 2 }));
});

test('an import waits for a busy server, can be stopped, and the rest is not lost', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(503));
  const text = envelopeFile(envelopesOf(office, 'iit-2567', people(250)));
  let asked = 0;
  await page.route('**/api/v1/batches', async (route) => {
    asked += 1;
    if (asked === 1) await route.fulfill({ status: 503, headers: { 'retry-after': '1' } });
    else if (asked === 3) await route.fulfill({ status: 503, headers: { 'retry-after': '600' } });
    else await route.continue();
  });
  await signIn(page, office);
  await open(page, office.server, 'set-aside');
  const told = region(page, 'import.title').getByRole('status');
  const isToldOfOneSecond = await watchFor(page, '.import-pause', busy(1));
  await pick(page, 'tablet.json', text);
  await isToldOfOneSecond();
  await expect(told).toContainText(busy(600));
  await button(page, thai('import.cancel')).click();
  await expect(told).toContainText(thai('import.end.cancelled'));
  await expect(told).toContainText(thai('import.result.accepted', { count: 100, n: 100 }));
  await expect(told).toContainText(thai('import.result.unsent', { count: 150, n: 150 }));
  await expect(told).toContainText(thai('import.again'));

  await pick(page, 'tablet.json', text);
  await expect(told).toContainText(thai('import.result.known', { count: 100, n: 100 }));
  expect(await office.received('iit-2567')).toBe(250);
});
