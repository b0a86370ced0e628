import { fetchFile } from './fetch-file.ts';
import type { KeptFile, Precache } from './precache.ts';

/**
 * Fetches again what the browser has thrown out of the precache. Only the very bytes of this build are taken: from a server
 * that has a newer one already nothing is mixed in. Never rejects: what cannot be had now is asked for at the next visit.
 */
export async function repairPrecache(
  { cacheName, files }: Precache,
  storage: CacheStorage,
): Promise<void> {
  const cache = await storage.open(cacheName);
  const present = new Set((await cache.keys()).map(({ url }) => url));
  const fetchAgain = async (file: KeptFile) => cache.put(file.key, await fetchFile(file));
  const missing = files.filter(({ key }) => !present.has(key));
  await Promise.all(missing.map((file) => fetchAgain(file).catch(() => undefined)));
}

/** What nobody waits for is fetched so long after a page was opened. */
const LATER_MS = 3_000;

/**
 * What a page needs to start at once, and then, `later`, what a first visit did without. `isReplaced`: whether a newer version is there or on its way. It
 * brings all of its own, and its server has little of this one's: each file would be asked for in vain.
 */
export async function repairInTwoSteps(
  first: Precache,
  later: Precache,
  storage: CacheStorage,
  isReplaced: () => boolean,
): Promise<void> {
  await repairPrecache(first, storage);
  await new Promise((resolve) => setTimeout(resolve, LATER_MS));
  if (isReplaced()) return;
  await repairPrecache(later, storage);
}
