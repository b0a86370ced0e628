/** Where a worker for the whole site finds what it need not fetch. @see worker/precache.ts */
const cacheOf = (origin: string) => `workbox-precache-v2-${origin}/`;

/**
 * Gives the service worker the style sheet that stands in this page, before it is installed: it would fetch the same again. What it
 * fetches it knows by its hash; this is of the page that its own policy let the browser show. Best effort; never rejects.
 */
export async function handOverStyle(
  page: Pick<Document, 'querySelector'>,
  storage: CacheStorage | undefined,
  origin: string,
): Promise<void> {
  const style = page.querySelector<HTMLElement>('style[data-file]');
  const file = style?.dataset['file'];
  if (!style || !file || !storage) return;
  try {
    const cache = await storage.open(cacheOf(origin));
    const headers = { 'content-type': 'text/css; charset=utf-8' };
    await cache.put(file, new Response(style.textContent, { headers }));
  } catch {
    // No room or no permission: the worker fetches it.
  }
}
