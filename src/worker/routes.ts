import { PrecacheRoute, type PrecacheController } from 'workbox-precaching';
import { NavigationRoute, Route, Router } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { openDisplayPage } from './display-page.ts';
import { findKeptPage } from './kept-pages.ts';
import { fetchAsset, isAsset } from './previous-assets.ts';

/** The apps that have a worker, each with its page and where that is shown. The admin app always comes from the server. */
const APPS = {
  survey: {
    page: '/survey.html',
    addresses: [/^\/(?:\?|$)/, /^\/s\/[^/?]+\/?(?:\?|$)/, /^\/waiting\/?(?:\?|$)/],
  },
  kiosk: { page: '/kiosk.html', addresses: [/^\/kiosk\/?(?:\?|$)/] },
} as const;

export type AppName = keyof typeof APPS;

/** Those about privacy, one for each language. */
const PLAIN_PAGES = [/^\/privacy\/\w+\.html(?:\?|$)/];

const DISPLAY_PAGE = [/^\/display\/?(?:\?|$)/];

/**
 * Everything the worker answers. What no route matches goes to the network as if there were no worker. `repair`: fetches what is
 * missing; called whenever a page was opened.
 */
export function createRouter(
  precache: PrecacheController,
  app: AppName,
  repair: () => Promise<void>,
): Router {
  const { page, addresses } = APPS[app];
  const router = new Router();
  const openPage = precache.createHandlerBoundToURL(page);
  router.registerRoute(
    new NavigationRoute(
      async (options) => {
        const kept = await precache.matchPrecache(options.url.pathname);
        // Without network the app's own page says that it is not here, and leads back.
        return kept ?? fetch(options.request).catch(async () => openPage(options));
      },
      { allowlist: PLAIN_PAGES },
    ),
  );
  router.registerRoute(new PrecacheRoute(precache, { directoryIndex: '', cleanURLs: false }));
  router.registerRoute(
    new NavigationRoute(
      async (options) => {
        const [kept, present] = await Promise.all([
          findKeptPage(options.url, caches),
          precache.matchPrecache(page),
        ]);
        options.event.waitUntil(repair());
        // Where the browser threw out the files of this version, a page that names them would not start.
        if (kept && present) return kept;
        return present ?? openPage(options);
      },
      { allowlist: [...addresses] },
    ),
  );
  router.registerRoute(
    new NavigationRoute(async ({ request }) => openDisplayPage(request, caches), {
      allowlist: DISPLAY_PAGE,
    }),
  );
  // Fonts are fetched where they are shown, then kept. A font that changes needs a new cache name.
  router.registerRoute(
    new Route(
      ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith('.woff2'),
      new CacheFirst({ cacheName: 'fonts-v1' }),
    ),
  );
  router.registerRoute(
    new Route(
      ({ url, sameOrigin }) => sameOrigin && isAsset(url.pathname),
      async ({ request }) => fetchAsset(request, caches),
    ),
  );
  return router;
}
