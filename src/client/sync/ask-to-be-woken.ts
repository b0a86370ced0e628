const TAG = 'sucharit-outbox';

/** Not in the types, because only Chromium has it. */
interface WithBackgroundSync {
  sync?: { register(tag: string): Promise<void> };
}

/** Has the service worker woken when there is a network again, where there is one that can be; it wakes the page. */
export function askToBeWoken(worker: ServiceWorkerContainer | undefined): void {
  worker?.ready
    .then(async (registration) => (registration as WithBackgroundSync).sync?.register(TAG))
    .catch(() => undefined);
}
