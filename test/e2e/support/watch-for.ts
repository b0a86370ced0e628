import type { Page } from '@playwright/test';
import { expect } from './journey.ts';

/**
 * Reads along whatever the page shows from now on, and resolves to what waits until the words have stood in that place. What stands
 * there for a moment alone is gone before one looks where a machine is busy.
 */
export async function watchFor(
  page: Page,
  place: string,
  words: string,
): Promise<() => Promise<void>> {
  await page.evaluate(
    ([where, awaited]) => {
      const read = () => {
        if (document.querySelector(where)?.textContent.includes(awaited))
          Object.assign(window, { hasStoodThere: true });
      };
      const changes = { childList: true, characterData: true, subtree: true };
      new MutationObserver(read).observe(document.body, changes);
    },
    [place, words] as const,
  );
  const hasStoodThere = () => page.evaluate(() => Reflect.has(window, 'hasStoodThere'));
  return () => expect.poll(hasStoodThere, words).toBe(true);
}
