// What can happen to the storage of a device, and to the database of the server, while people answer.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { envelopeFileSchema } from '#core/contract/envelope-file.ts';
import { untilReadyForOffline } from './support/device.ts';
import { expect, test } from './support/journey.ts';
import type { Office } from './support/office.ts';
import { Respondent } from './support/respondent.ts';
import type { ServerProcess } from './support/server.ts';
import { BY_ITSELF, tellOfNetwork } from './support/sending.ts';
import { storedResponses } from './support/stored-responses.ts';
import { readRows } from './support/traces.ts';

const EIT = 'eit-2567';
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const arrived = (office: Office) => expect.poll(async () => office.received(EIT));
const outboxRows = async (page: Page) => (await readRows(page))['sucharit/outbox'] ?? [];

/** The browser gives this origin so many bytes; null = as many as it likes. */
async function limitStorage(page: Page, server: ServerProcess, bytes: number | null) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Storage.overrideQuotaForOrigin', {
    origin: server.url,
    ...(bytes === null ? {} : { quotaSize: bytes }),
  });
}

/** Runs one of the server's commands on its data, and returns what it prints. */
async function run(server: ServerProcess, script: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('node', [join(PROJECT, script), ...words], {
    env: { ...process.env, DATA_DIR: server.dataFolder, DATABASE_URL: '' },
  });
  return stdout;
}

/** Lets the page believe that it was looked at again, which makes it try. */
const lookAgain = async (page: Page) =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

test('a device without room says so, keeps the answers on the page, and sends them when it can', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  // Before, a page that loses its network cannot send at all (first-visit.journey.ts).
  await untilReadyForOffline(page);
  await limitStorage(page, server, 1);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('stuck');
  await expect(page.getByText(visitor.words.survey('finished.whyFull'))).toBeVisible();

  await test.step('the person can take them along as a file', async () => {
    const download = page.waitForEvent('download');
    await visitor.press('finished.saveFile');
    const text = await readFile(await (await download).path(), 'utf8');
    expect(envelopeFileSchema.parse(JSON.parse(text)).envelopes).toHaveLength(1);
    await expect(page.getByText(visitor.words.survey('waiting.file.saved'))).toBeVisible();
  });

  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});

test('a reload brings back what a full device could not keep, and it is sent once', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  // Before, a page that loses its network cannot send at all (first-visit.journey.ts).
  await untilReadyForOffline(page);
  await limitStorage(page, server, 1);
  await page.route('**/api/v1/batches', async (route) => route.abort());
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('stuck');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  // Nobody is asked, and so nobody can make a second response of it.
  await visitor.isTold('stuck');
  await page.unroute('**/api/v1/batches');
  await visitor.isTold('sent', BY_ITSELF);
  expect(await storedResponses(server)).toHaveLength(1);
});

test('what did not fit is kept as soon as there is room again', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  // Before, a page that loses its network cannot send at all (first-visit.journey.ts).
  await untilReadyForOffline(page);
  await limitStorage(page, server, 1);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('stuck');
  await limitStorage(page, server, null);
  await lookAgain(page);
  await visitor.isTold('kept');
  expect(await outboxRows(page)).toHaveLength(1);
  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});

test('a database connection that the browser kills in mid-form costs nobody an answer', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');

  await visitor.press('finished.again');
  await visitor.press('notice.start');
  await visitor.hurryThrough({ service: 2, E1: 6 });
  const devTools = await page.context().newCDPSession(page);
  // Closes every connection of the origin, as iOS does under a page that was in the background.
  await devTools.send('Storage.clearDataForOrigin', {
    origin: server.url,
    storageTypes: 'indexeddb',
  });
  await server.stop();
  const { service: _, E1: __, ...rest } = ANSWERS;
  await visitor.hurryThrough(rest);
  await visitor.press('review.send');
  await visitor.isTold('kept');
  expect(await outboxRows(page)).toHaveLength(1);
  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(2);
});

test('a server restored from a backup gets again what it had acknowledged since', async ({
  page,
  office,
  server,
  complaints,
}) => {
  complaints.networkIsCut = true;
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  const printed = await run(server, 'src/server/backup/backup-main.ts');
  const backup = /The backup is in (\S+)/.exec(printed)?.[1] ?? '';

  await visitor.press('finished.again');
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  await expect.poll(async () => outboxRows(page)).toEqual([]);
  expect(await storedResponses(server)).toHaveLength(2);

  await server.stop('SIGKILL');
  await run(server, 'src/server/backup/restore-main.ts', backup);
  expect(await storedResponses(server)).toHaveLength(1);
  await server.start();

  // The poster leads to the survey as before, and that is all a person does.
  await visitor.scan();
  await arrived(office).toBe(2);
  await expect.poll(async () => outboxRows(page)).toEqual([]);
  const { conflicts, quarantined } = await office.participation();
  expect({ conflicts, quarantined }).toEqual({ conflicts: 0, quarantined: 0 });
});
