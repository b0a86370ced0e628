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

/**
 * What the QR code on show says; fails where it is not that of this moment by the server's clock, as the screen reckons it from
 * its own, which is an hour ahead. Reckoned here by the test's clock it would be that of the window before whenever a window
 * ends while the page opens.
 */
async function codeShown(page: Page): Promise<string> {
  const { now, kept } = await page.evaluate(() => ({
    now: Date.now(),
    kept: JSON.parse(localStorage.getItem('sucharit:display') ?? '{}'),
  }));
  const { secret, standing, offset } = kept;
  expect(Math.abs(offset + HOUR)).toBeLessThan(MINUTE);
  const window = windowAt(now + offset);
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
  const address = await codeShown(page);

  const context = await browser.newContext();
  const phone = await context.newPage();
  await phone.goto(address);
  const visitor = new Respondent(phone, counter);
  await visitor.sees('notice.heading');
  await expect(phone).toHaveURL(counter.url);
  await expect(async () => {
    // What sends is there before the network goes.
    const files = await phone.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    expect(files.join()).toContain('/sending-');
  }).toPass();

  complaints.networkIsCut = true;
  await server.stop();
  const addresses = new Set([address]);
  for (const shown of [2, 3]) {
    await page.clock.runFor(WINDOW_MS);
    expect(addresses.add(await codeShown(page)).size).toBe(shown);
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
