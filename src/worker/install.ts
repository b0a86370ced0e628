import { fetchFile } from './fetch-file.ts';
import type { Precache } from './precache.ts';

/**
 * Puts all files of a version beside those of the one at work; what is the same in both is not fetched again. One after the other,
 * so that the page's own requests come through.
 *
 * @throws where one of them cannot be had or there is no room: then the browser drops this version
 */
export async function install({ cacheName, files }: Precache, storage: CacheStorage) {
  const cache = await storage.open(cacheName);
  for (const file of files)
    if (!(await cache.match(file.key))) await cache.put(file.key, await fetchFile(file));
}

/** Lets go of what the version at work has not. */
export async function removeOutdated({ cacheName, files }: Precache, storage: CacheStorage) {
  const cache = await storage.open(cacheName);
  const wanted = new Set(files.map(({ key }) => key));
  for (const request of await cache.keys())
    if (!wanted.has(request.url)) await cache.delete(request);
}
