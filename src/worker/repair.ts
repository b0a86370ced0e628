import type { PrecacheController } from 'workbox-precaching';

/**
 * Fetches again what the browser has thrown out of the precache. Only the very bytes of this build are taken: from a server
 * that has a newer one already nothing is mixed in. Never rejects: what cannot be had now is asked for at the next visit.
 */
export async function repairPrecache(
  precache: PrecacheController,
  storage: CacheStorage,
): Promise<void> {
  const cache = await storage.open(precache.strategy.cacheName);
  const present = new Set((await cache.keys()).map(({ url }) => url));
  const fetchAgain = async ([url, cacheKey]: [string, string]) => {
    const integrity = precache.getIntegrityForCacheKey(cacheKey) ?? '';
    const reply = await fetch(new Request(url, { integrity }));
    if (reply.ok) await cache.put(cacheKey, reply);
  };
  const missing = [...precache.getURLsToCacheKeys()].filter(([, key]) => !present.has(key));
  await Promise.all(missing.map((file) => fetchAgain(file).catch(() => undefined)));
}

/**
 * Asks the server for a file whose bytes were wrong, past the browser's own cache: what was cut on the way may be kept there
 * for a year, and no later installation would succeed.
 */
export async function refreshBrowserCache({ request }: { request: Request }): Promise<void> {
  await fetch(request.url, { cache: 'reload' });
}

/** Workbox fetches past the browser's cache what has no hash in its name; to ask the server whether it is the same takes a few bytes. */
export async function askAgain({ request }: { request: Request }): Promise<Request> {
  return request.cache === 'reload' ? new Request(request, { cache: 'no-cache' }) : request;
}

/** What nobody waits for is fetched so long after a page was opened. */
const LATER_MS = 3_000;

/** What a page needs to start at once, and then what a first visit did without. */
export async function repairInTwoSteps(
  first: PrecacheController,
  whole: PrecacheController,
  storage: CacheStorage,
): Promise<void> {
  await repairPrecache(first, storage);
  await new Promise((resolve) => setTimeout(resolve, LATER_MS));
  await repairPrecache(whole, storage);
}
