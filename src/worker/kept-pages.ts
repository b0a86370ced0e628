// The pages of channels as the server rendered them, with the first screen and the first question inside: so the next visit shows
// them before any script has run, with or without network.
import type { Precache } from './precache.ts';

/** What a page says to its worker to have itself kept: its own path and language. @see client/survey/keep-page.ts */
export interface KeepPage {
  keep: string;
  language: string;
}

export const KEPT_PAGES = 'pages-v1';

/** A phone is at few counters; each page is some 60 kB. */
const MOST_PAGES = 5;

const CHANNEL_PAGE = /^\/s\/[^/]+$/;

const SCRIPTS = /<script\b[^>]*? src="([^"]+)"/g;

export const isKeepPage = (message: unknown): message is KeepPage =>
  typeof message === 'object' &&
  message !== null &&
  'keep' in message &&
  typeof message.keep === 'string' &&
  'language' in message &&
  typeof message.language === 'string' &&
  CHANNEL_PAGE.test(message.keep);

/** A page is in the language that the browser asked for: another one is another page. */
const keyOf = (path: string) => `${path}?languages=${navigator.languages.join()}`;

/** Whether a page is our own and runs by what this worker has, not by what a newer version would bring. */
function isOfThisBuild(html: string, precache: Precache): boolean {
  const scripts = [...html.matchAll(SCRIPTS)].map(([, path = '']) => path);
  return scripts.length > 0 && scripts.every((path) => precache.find(path));
}

/**
 * Asks the server for a channel's page and keeps it; lets go of one that is there no more. The browser's own cache knows the page as
 * it came, so that this costs a question and an answer without a page where nothing changed. Never rejects: it is for speed alone.
 */
export async function keepPage(
  { keep: path, language }: KeepPage,
  precache: Precache,
  storage: CacheStorage,
): Promise<void> {
  try {
    const reply = await fetch(path);
    const kept = await storage.open(KEPT_PAGES);
    if (reply.status === 404) await kept.delete(keyOf(path));
    if (!reply.ok) return;
    const html = await reply.clone().text();
    if (!html.includes(`<html lang="${language}"`) || !isOfThisBuild(html, precache)) return;
    await kept.put(keyOf(path), reply);
    // The latest stand last.
    const others = (await kept.keys()).slice(0, -MOST_PAGES);
    await Promise.all(others.map((other) => kept.delete(other)));
  } catch {
    // No network, or no room.
  }
}

/** The page that was kept of a channel; none where none was, or the browser speaks another language since. */
export async function findKeptPage(
  { pathname }: URL,
  storage: CacheStorage,
): Promise<Response | undefined> {
  const key = keyOf(pathname.replace(/\/$/, ''));
  return storage.match(key, { cacheName: KEPT_PAGES }).catch(() => undefined);
}
