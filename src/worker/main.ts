// The service worker: assets only. It answers GET requests for the app's own files; nothing of the API passes through it.
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope & {
  /** Written in by the build: every file that survey.html can reach. */
  readonly PRECACHED_FILES: { url: string; revision: string | null }[];
};

// Installs whole or not at all: one file that cannot be had makes the installation fail, and the old worker stays.
precacheAndRoute(self.PRECACHED_FILES, { directoryIndex: '', cleanURLs: false });

// The survey's pages, and no other page: the admin app always comes from the server.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/survey.html'), {
    allowlist: [/^\/(?:\?|$)/, /^\/s\/[^/?]+\/?(?:\?|$)/, /^\/waiting\/?(?:\?|$)/],
  }),
);

// Fonts are fetched where they are shown, then kept. A font that changes needs a new cache name.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith('.woff2'),
  new CacheFirst({ cacheName: 'fonts-v1' }),
);

// A new worker waits until a person agrees to the update.
self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
});
