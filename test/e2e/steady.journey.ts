// Where a page comes in parts, nothing that is there moves away under a finger as the rest arrives above it.
import type { Page, Route } from '@playwright/test';
import { expect, open, signIn, test } from './support/admin-journey.ts';
import type { Office } from './support/office.ts';
import { people, sendAnswers } from './support/responses.ts';
import { untilLaidOut } from './support/screen-check.ts';

/** What each of these pages asks for of the assessment, from the top of the page to its foot. */
const PAGES = {
  '': ['participation', 'deliveries', 'scores'],
  scores: ['participation', 'scores'],
  'set-aside': ['deliveries', 'channels', 'set-aside'],
  report: ['page'],
  kiosks: ['kiosks', 'channels'],
};

/** How much of the window moves how far (Chromium's figure, 1 = all of it): a line of text is less, what one presses more. */
const LEAST_FELT = 0.05;

interface LayoutShift extends PerformanceEntry {
  value: number;
}

/** Adds up what moves by itself in every page that is opened from now on. */
const watchMoves = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(window, { moved: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, {
          moved: Reflect.get(window, 'moved') + (entry as LayoutShift).value,
        });
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** Opens a page and lets its parts arrive one by one, the last first. */
async function openSlowly(
  page: Page,
  office: Office,
  place: string,
  parts: readonly string[],
): Promise<void> {
  const held = new Map<string, Route>();
  const { id } = office.assessment;
  await page.route(`**/api/v1/assessments/${id}/**`, async (route) => {
    const part = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    // The page asks again when its stream opens.
    if (parts.includes(part) && !held.has(part)) held.set(part, route);
    else await route.continue();
  });
  await open(page, office.server, place);
  await expect.poll(() => [...held.keys()].sort()).toEqual([...parts].sort());
  for (const part of parts.toReversed()) {
    const route = held.get(part);
    const came = page.waitForEvent('requestfinished', (one) => one === route?.request());
    await route?.continue();
    await came;
    await untilLaidOut(page);
  }
  await expect(page.locator('.spinner')).toHaveCount(0);
  await untilLaidOut(page);
  await page.unrouteAll();
}

test('nothing moves away under a finger while a page fills, whatever comes first', async ({
  page,
  office,
}) => {
  await sendAnswers(office, 'iit-2567', people(6, { department: 1 }));
  await signIn(page, office);
  await watchMoves(page);
  const moved: Record<string, number> = {};
  for (const [place, parts] of Object.entries(PAGES)) {
    await openSlowly(page, office, place, parts);
    const share = await page.evaluate((): number => Reflect.get(window, 'moved'));
    if (share > LEAST_FELT) moved[place] = share;
  }
  expect(moved).toEqual({});
});
