import { DATABASE_NAME } from '../local/database-name.ts';

/**
 * Calls `open` if this device may hold something to send: so a browser that was restarted sends what waits without anybody doing
 * anything, and a first visit loads nothing it does not need. Asks only whether there is a database; a browser that cannot say so
 * (Firefox before 126) counts as having one.
 */
export async function openIfHolding(page: Window, open: () => unknown): Promise<void> {
  if (await mayHoldSomething(page)) open();
}

async function mayHoldSomething(page: Window): Promise<boolean> {
  try {
    const databases = await page.indexedDB.databases();
    return databases.some(({ name }) => name === DATABASE_NAME);
  } catch {
    return true;
  }
}
