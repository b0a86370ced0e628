/** What a counter's display keeps of itself. @see client/display/offline-copy.ts */
export const DISPLAY_CACHE = 'display-v1';

/** So long the network may take before the copy on the device comes up: a screen that stays white helps nobody. */
const NETWORK_LIMIT_MS = 4_000;

const afterLimit = () =>
  new Promise<null>((resolve) => setTimeout(() => resolve(null), NETWORK_LIMIT_MS));

/** The display's page from the server, or the copy that it kept where the server is not heard in time. */
export async function openDisplayPage(request: Request, storage: CacheStorage): Promise<Response> {
  const kept = await storage.match('/display', { cacheName: DISPLAY_CACHE }).catch(() => undefined);
  if (!kept) return fetch(request);
  const reply = await Promise.race([fetch(request).catch(() => null), afterLimit()]);
  return reply?.ok ? reply : kept;
}
