import type { Asked } from './asked.ts';
import { openDisplayPage } from './display-page.ts';
import { fetchFont } from './fonts.ts';
import { findKeptPage } from './kept-pages.ts';
import type { Precache } from './precache.ts';
import { fetchAsset, isAsset } from './previous-assets.ts';

/** The apps that have a worker, each with its page and where that is shown. The admin app always comes from the server. */
const APPS = {
  survey: {
    page: '/survey.html',
    addresses: [/^\/$/, /^\/s\/[^/]+\/?$/, /^\/waiting\/?$/],
  },
  kiosk: { page: '/kiosk.html', addresses: [/^\/kiosk\/?$/] },
} as const;

export type AppName = keyof typeof APPS;

/** Those about privacy, one for each language. */
const PLAIN_PAGE = /^\/privacy\/\w+\.html$/;

const DISPLAY_PAGE = /^\/display\/?$/;

/** Null where the request goes to the network as if there were no worker. */
type Answer = (asked: Asked) => Promise<Response> | null;

/** Everything that an app's worker answers. `repair`: fetches what is missing; called whenever a page was opened. */
export function createAnswer(
  precache: Precache,
  app: AppName,
  repair: () => Promise<void>,
  storage: CacheStorage,
): Answer {
  const { page, addresses } = APPS[app];

  async function openPage(asked: Asked, url: URL): Promise<Response> {
    const [kept, present] = await Promise.all([findKeptPage(url, storage), precache.match(page)]);
    asked.waitUntil(repair());
    // Where the browser threw out the files of this version, a page that names them would not start.
    if (kept && present) return kept;
    return present ?? fetch(page);
  }

  async function openPlainPage(request: Request, { pathname }: URL): Promise<Response> {
    const kept = await precache.match(pathname);
    // Without network the app's own page says that it is not here, and leads back.
    return kept ?? fetch(request).catch(async () => (await precache.match(page)) ?? fetch(page));
  }

  async function openFile(request: Request): Promise<Response> {
    return (await precache.match(request.url)) ?? fetch(request);
  }

  return function answer(asked) {
    const { request } = asked;
    const url = new URL(request.url);
    const { pathname } = url;
    if (request.method !== 'GET' || url.origin !== location.origin) return null;
    if (request.mode === 'navigate') {
      if (PLAIN_PAGE.test(pathname)) return openPlainPage(request, url);
      if (addresses.some((address) => address.test(pathname))) return openPage(asked, url);
      if (DISPLAY_PAGE.test(pathname)) return openDisplayPage(request, storage);
    }
    if (precache.find(request.url)) return openFile(request);
    if (pathname.endsWith('.woff2')) return fetchFont(asked, storage);
    return isAsset(pathname) ? fetchAsset(request, storage) : null;
  };
}
