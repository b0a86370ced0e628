import type { Page } from '@playwright/test';
import { codeAddress } from '#core/display/code-address.ts';
import { markOf } from '#core/display/mark.ts';
import { windowAt, WINDOW_MS } from '#core/display/window.ts';
import { qrPath } from '#client/ui/qr-path.ts';
import { expect, test } from './support/journey.ts';
import { type Answers, questionsOf, Respondent } from './support/respondent.ts';
import { readBeside } from './support/stored-responses.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The first option of everything. */
const answersTo = (channel: Respondent['channel']): Answers =>
  Object.fromEntries(questionsOf(channel).map((code) => [code, 1]));

/** What the QR code on show would say if it is that of the window at a moment; fails where it is another. */
async function codeShownAt(page: Page, now: number): Promise<string> {
  const { secret, standing } = await page.evaluate(() =>
    JSON.parse(localStorage.getItem('sucharit:display') ?? '{}'),
  );
  const window = windowAt(now);
  const address = codeAddress(standing.url, window, markOf(secret, standing.channel, window));
  await expect(page.locator('.code-qr path')).toHaveAttribute('d', qrPath(address).path);
  return address;
}

test('a display goes on changing its code while the server is away, and a response by it arrives later', async ({
  page,
  office,
  server,
  browser,
  complaints,
}) => {
  const counter = office.channel('eit-2567', null);
  const link = await office.makeDisplay(counter);
  // This screen's own clock is an hour ahead, and stands still unless the test moves it.
  const began = Date.now();
  await page.clock.install({ time: began + HOUR });
  await page.clock.pauseAt(began + HOUR + 1_000);
  await page.goto(link);
  await expect(page.locator('.status')).toContainText('60');
  const shown = await page.evaluate(() => Date.now());
  const address = await codeShownAt(page, shown - HOUR);

  const context = await browser.newContext();
  const phone = await context.newPage();
  await phone.goto(address);
  const visitor = new Respondent(phone, counter);
  await visitor.sees('notice.heading');
  expect(phone.url()).toBe(counter.url);
  await expect(async () => {
    // What sends is there before the network goes.
    const files = await phone.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    expect(files.join()).toContain('/sending-');
  }).toPass();

  complaints.networkIsCut = true;
  await server.stop();
  for (const windows of [1, 2]) {
    await page.clock.runFor(WINDOW_MS);
    await codeShownAt(page, shown - HOUR + windows * WINDOW_MS);
  }
  await page.clock.runFor(MINUTE);
  await expect(page.locator('.status')).toContainText('ไม่มีเครือข่าย');

  await visitor.answerAndSend(answersTo(counter));
  await visitor.isTold('kept');
  await server.start();
  await phone.evaluate(() => window.dispatchEvent(new Event('online')));
  await visitor.isTold('sent');
  const stored = await readBeside(server, async (database) =>
    database.selectFrom('responses').select(['channel', 'display']).execute(),
  );
  expect(stored).toEqual([{ channel: counter.code, display: 'display' }]);
  await context.close();
});
