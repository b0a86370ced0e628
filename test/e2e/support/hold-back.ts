import type { Page } from '@playwright/test';

/** Holds back what is written next to an address, or read there, as a slow network does; resolves to what lets it go on. */
export async function holdBack(
  page: Page,
  address: RegExp,
  what: 'written' | 'read' = 'written',
): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isHeld = false;
  await page.route(address, async (route) => {
    const isRead = route.request().method() === 'GET';
    if (!isHeld && isRead === (what === 'read')) {
      isHeld = true;
      await promise;
    }
    await route.fallback();
  });
  return resolve;
}
