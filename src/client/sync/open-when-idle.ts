import { DATABASE_NAME } from '../local/database-name.ts';

/** How long after the first screen at the latest. */
const IDLE_LIMIT_MS = 3_000;

/**
 * Calls `open` when the page has nothing better to do, if this device may hold something to send: so a browser that was
 * restarted sends what waits without anybody doing anything, and a first visit loads nothing it does not need. Asks only
 * whether there is a database; a browser that cannot say so (Firefox before 126) counts as having one.
 */
export function openWhenIdle(page: Window & typeof globalThis, open: () => unknown): void {
  const look = () => {
    void mayHoldSomething(page).then((may) => (may ? open() : undefined));
  };
  // Safari has no idle callback.
  if ('requestIdleCallback' in page) page.requestIdleCallback(look, { timeout: IDLE_LIMIT_MS });
  else setTimeout(look, IDLE_LIMIT_MS);
}

async function mayHoldSomething(page: Window): Promise<boolean> {
  try {
    const databases = await page.indexedDB.databases();
    return databases.some(({ name }) => name === DATABASE_NAME);
  } catch {
    return true;
  }
}
