import { DISPLAY_CACHE } from './display-page.ts';
import type { Precache } from './precache.ts';

const PREVIOUS = 'previous-assets';

/** Everything in this folder has a hash of its content in its name. */
export const isAsset = (pathname: string) => pathname.startsWith('/assets/');

/**
 * Before a new version deletes the files of the one before it: keeps those, and no older ones, for tabs that still run
 * that version and have not loaded all of it. The server has them no longer. Never rejects: without room the update is
 * worth more.
 */
export async function keepPreviousAssets(precache: Precache, storage: CacheStorage): Promise<void> {
  try {
    const present = await storage.open(precache.cacheName);
    const wanted = new Set(precache.files.map(({ key }) => key));
    const outdated = (await present.keys()).filter(
      ({ url }) => !wanted.has(url) && isAsset(new URL(url).pathname),
    );
    await storage.delete(PREVIOUS);
    // The first version of all replaces nothing, nor does one that only changes the page.
    if (outdated.length === 0) return;
    const previous = await storage.open(PREVIOUS);
    for (const request of outdated) {
      const reply = await present.match(request);
      if (reply) await previous.put(request, reply);
    }
  } catch {
    // No room, or no storage at all.
  }
}

/** A file that a display kept, or of the version before this one if it is there, else whatever the network says. */
export async function fetchAsset(request: Request, storage: CacheStorage): Promise<Response> {
  for (const cacheName of [PREVIOUS, DISPLAY_CACHE]) {
    const kept = await storage.match(request, { cacheName }).catch(() => undefined);
    if (kept) return kept;
  }
  return fetch(request);
}
