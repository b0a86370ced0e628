import type { KeptFile } from './precache.ts';

/** Whether the browser's own cache has anything under an address. */
const isCached = (address: string) =>
  fetch(address, { cache: 'only-if-cached', mode: 'same-origin' }).then(
    () => true,
    () => false,
  );

/**
 * Fetches one file of the build. What has no hash in its name (its key is another than its address) is asked for again, which takes
 * a few bytes where the browser has it.
 *
 * @throws where it cannot be had, or is not that of this build: a page of whoever else answers has other bytes
 */
export async function fetchFile({ address, key, integrity }: KeptFile): Promise<Response> {
  const cache = key === address ? 'default' : 'no-cache';
  const reply = await fetch(new Request(address, { integrity, cache })).catch(async (error) => {
    // What was cut on the way may lie in the browser's own cache for a year, and no later installation would succeed. Where nothing
    // lies there, the server itself has no such file.
    if (!(await isCached(address))) throw error;
    return fetch(new Request(address, { integrity, cache: 'reload' }));
  });
  if (!reply.ok) throw new Error(`${reply.status}: ${address}`);
  // Browsers refuse a page that came by a detour.
  return reply.redirected ? new Response(await reply.blob(), { headers: reply.headers }) : reply;
}
