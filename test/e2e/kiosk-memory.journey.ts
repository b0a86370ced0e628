// What five hundred people at one tablet leave in its page.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { Memory } from './support/memory.ts';
import { TABLET } from './support/tablet.ts';
import { readRows } from './support/traces.ts';

const EIT = 'eit-2567';
const PIN = '290467';

test.use(TABLET);

/**
 * Has the page's short waits go by at once: what is shown to people for a third of a second. At `later` half an hour has passed,
 * after which a tablet sends what it held back.
 */
const hurry = (context: BrowserContext) =>
  context.addInitScript(() => {
    const now = Date.now;
    let ahead = 0;
    Date.now = () => now() + ahead;
    addEventListener('later', () => {
      ahead += 30 * 60_000;
      dispatchEvent(new Event('online'));
    });
    const wait = globalThis.setTimeout;
    Object.assign(globalThis, {
      setTimeout: (callback: () => void, ms = 0, ...rest: unknown[]) =>
        wait(callback, ms <= 1000 ? ms / 100 : ms, ...rest),
    });
  });

/** With the code that V8 goes on compiling. An envelope has some 2,500 bytes: whatever keeps one for each turn goes beyond. */
const MOST_BYTES_PER_TURN = 2_000;

/** Of what scripts hold. An id has 48, and its place in a list 8 more. */
const MOST_KEPT_PER_TURN = 16;

/** So often in a row nothing has to become less until a page counts as being at rest. */
const ENOUGH_COUNTS = 5;

/** So many whole turns, tapped through in the page itself: an answer to every question, Send, Done. */
const takeTurns = (page: Page, turns: number) =>
  page.evaluate(async (count) => {
    const { port1, port2 } = new MessageChannel();
    port1.start();
    const soon = () =>
      new Promise((resolve) => {
        port1.addEventListener('message', resolve, { once: true });
        port2.postMessage(null);
      });
    async function find(selector: string, not: Element | null = null): Promise<HTMLElement> {
      for (;;) {
        const found = document.querySelector<HTMLElement>(selector);
        if (found && found !== not) return found;
        await soon();
      }
    }
    const tap = async (selector: string) => (await find(selector)).click();
    for (let turn = 0; turn < count; turn += 1) {
      (await find(`.door:nth-child(${1 + (turn % 4)})`)).click();
      // The first touch fills the screen. A second one before it is filled asks again, which nobody's finger has allowed.
      while (!document.fullscreenElement) await soon();
      await find('.kept');
      await tap('.page-actions .button-primary');
      let heading: Element | null = null;
      for (;;) {
        heading = await find('.question h1, .review-list', heading);
        if (heading.matches('.review-list')) break;
        await tap(`.choice:nth-of-type(${1 + (turn % 2)}) input`);
        await tap('.choice input:checked');
        await tap('.page-actions .button-primary');
      }
      await tap('.page-actions .button-primary:not([aria-disabled="true"])');
      await find('.delivery');
      await tap('.page-actions .button-primary');
      await find('.doors');
    }
    port1.close();
  }, turns);

test('five hundred turns in one tab leave no memory, no listener and no node behind', async ({
  page,
  context,
  office,
}) => {
  test.setTimeout(180_000);
  await hurry(context);
  await page.goto((await office.makeKiosk([office.channel(EIT, 1)], PIN)).link.link);
  await expect(page.locator('.doors')).toBeVisible();
  const memory = await Memory.of(page);
  /** What was held back is sent, and the device holds nothing of it any more. */
  const untilSent = async () => {
    await page.evaluate(() => dispatchEvent(new Event('later')));
    await expect.poll(async () => (await readRows(page))['sucharit/outbox']).toEqual([]);
  };
  /** Whatever is still under way (a request, a transaction, this test's own look into the storage) only adds to what is left. */
  const leftAtRest = async () => {
    let { left } = await memory.count();
    for (let same = 0; same < ENOUGH_COUNTS; same += 1) {
      const { nodes, listeners, documents } = (await memory.count()).left;
      if (nodes >= left.nodes && listeners >= left.listeners && documents >= left.documents)
        continue;
      left = {
        nodes: Math.min(nodes, left.nodes),
        listeners: Math.min(listeners, left.listeners),
        documents: Math.min(documents, left.documents),
      };
      same = -1;
    }
    return left;
  };
  await takeTurns(page, 100);
  await untilSent();
  const left = await leftAtRest();
  const { heap } = await memory.count();
  const kept = await memory.bytesOfScripts();
  const turnOn = async () => {
    for (let hundred = 0; hundred < 2; hundred += 1) {
      await takeTurns(page, 100);
      await untilSent();
    }
    return memory.bytesOfScripts();
  };
  const keptInTheMiddle = await turnOn();
  const keptAtLast = await turnOn();
  await expect.poll(leftAtRest).toEqual(left);
  const grown = (await memory.count()).heap - heap;
  expect(grown / 400).toBeLessThan(MOST_BYTES_PER_TURN);
  // Whatever each turn leaves is in both halves; what is made once, at some turn, in one.
  const keptMore = Math.min(keptInTheMiddle - kept, keptAtLast - keptInTheMiddle);
  expect(keptMore / 200).toBeLessThan(MOST_KEPT_PER_TURN);
  expect(await office.received(EIT)).toBe(500);
});
