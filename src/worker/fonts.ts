import type { Asked } from './asked.ts';

/** A font that changes needs a new name here. */
const FONTS = 'fonts-v1';

/** Nothing else is kept: a page that somebody on the way answers with would stand in the font's place for ever. */
const isWholeFont = ({ status, headers }: Response) =>
  status === 200 && headers.get('content-type') === 'font/woff2';

/** Keeps a font for the next time. Never rejects: without room it is fetched again. */
async function keepFont(request: Request, reply: Response, storage: CacheStorage): Promise<void> {
  try {
    await (await storage.open(FONTS)).put(request, reply);
  } catch {
    // No room.
  }
}

/** Fonts are fetched where they are shown, then kept. */
export async function fetchFont(asked: Asked, storage: CacheStorage): Promise<Response> {
  const { request } = asked;
  const kept = await storage.match(request, { cacheName: FONTS }).catch(() => undefined);
  if (kept) return kept;
  const reply = await fetch(request);
  if (isWholeFont(reply)) asked.waitUntil(keepFont(request, reply.clone(), storage));
  return reply;
}
