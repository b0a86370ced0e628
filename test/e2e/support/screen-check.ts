import { expect, type Page } from '@playwright/test';
import { accessibility, narrowness, touchTargets } from './look.ts';

/** Waits for two frames and the fonts, after which a screen has found its size. */
export async function untilLaidOut(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const { promise, resolve } = Promise.withResolvers<void>();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    await promise;
  });
}

/** How many CSS pixels the page is higher than its window, once it has found its size. */
export async function overflow(page: Page): Promise<number> {
  await untilLaidOut(page);
  return page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight - clientHeight;
  });
}

/** Looks at one screen after the other and collects what is wrong with any of them. */
export class ScreenCheck {
  readonly #page: Page;
  readonly #faults = new Map<string, string[]>();

  constructor(page: Page) {
    this.#page = page;
  }

  async look(screen: string): Promise<void> {
    const page = this.#page;
    const window = page.viewportSize();
    if (!window) throw new Error('the page has no window');
    // The whole page in the window: what the bar at the bottom hides at one moment can be scrolled to.
    const height = window.height + (await overflow(page));
    await page.setViewportSize({ ...window, height });
    const faults = [...(await accessibility(page)), ...(await touchTargets(page))];
    await page.setViewportSize(window);
    faults.push(...(await narrowness(page)));
    if (faults.length > 0) this.#faults.set(screen, faults);
  }

  expectNoFaults(): void {
    expect(Object.fromEntries(this.#faults)).toEqual({});
  }
}
