/** The page registers it when something waits that could not be sent; the browser fires it when there is a network. */
export const SYNC_TAG = 'sucharit-outbox';

/** What the pages hear. */
const WAKE = 'wake';

interface Pages {
  matchAll(options: {
    type: 'window';
    includeUncontrolled: boolean;
  }): Promise<readonly { postMessage(message: unknown, transfer: Transferable[]): void }[]>;
}

/**
 * Tells every open page to try its outbox; the worker itself sends nothing. Where no page is open nothing happens: the next
 * one that is opened sends by itself.
 */
export async function wakePages(pages: Pages): Promise<void> {
  const open = await pages.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of open) page.postMessage(WAKE, []);
}
