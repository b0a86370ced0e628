// The page keeps what it is made of, so that the service worker can bring it up without network. Not with the survey's own
// files, which the worker keeps: they would reach every respondent's phone.

/** The service worker looks here. @see worker/routes.ts */
const CACHE = 'display-v1';

const PAGE = '/display';

/** The files that a page is made of, by the addresses in it. */
const filesOf = (page: Document): string[] =>
  [
    ...page.querySelectorAll('script[src], link[rel="stylesheet"], link[rel="modulepreload"]'),
  ].flatMap((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? []);

/**
 * Keeps the page as the server has it now, with all its files; what an older one was made of goes. Rejects where there is no
 * network or no room: then the copy before stays whole.
 */
async function keepOfflineCopy(caches: CacheStorage): Promise<void> {
  const reply = await fetch(PAGE, { cache: 'no-cache' });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.clone().text(), 'text/html');
  const files = filesOf(page);
  const cache = await caches.open(CACHE);
  await cache.addAll(files);
  // Last: a page without its files would be worse than the one before.
  await cache.put(PAGE, reply);
  const wanted = new Set([PAGE, ...files].map((file) => new URL(file, location.origin).href));
  for (const request of await cache.keys())
    if (!wanted.has(request.url)) await cache.delete(request);
}

/** Makes the page one that opens without network. Missing on plain HTTP: there it needs the server to be opened. */
export function workOffline(): void {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  void navigator.serviceWorker.register('/worker.js').catch(() => undefined);
  void keepOfflineCopy(window.caches).catch(() => undefined);
}
