// The service worker: assets only. It answers GET requests for the app's own files; nothing of the API passes through it.
import { install, removeOutdated } from './install.ts';
import { isKeepPage, keepPage, KEPT_PAGES } from './kept-pages.ts';
import { keepPreviousAssets } from './previous-assets.ts';
import { createPrecache, precacheName, type BuildFile } from './precache.ts';
import { repairInTwoSteps } from './repair.ts';
import { createAnswer, type AppName } from './routes.ts';
import { SYNC_TAG, wakePages } from './wake-pages.ts';

/** Background Sync, which TypeScript's own types do not know. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

declare const self: ServiceWorkerGlobalScope & {
  /** Both written in by the build: which app the worker is for, and every file that its page can reach. */
  readonly APP: AppName;
  readonly PRECACHED_FILES: readonly BuildFile[];
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void;
};

const FILES = self.PRECACHED_FILES;

const precacheOf = (files: readonly BuildFile[]) =>
  createPrecache(files, precacheName(self.registration.scope), caches);

const precache = precacheOf(FILES);
const first = precacheOf(FILES.filter(({ later }) => !later));
const second = precacheOf(FILES.filter(({ later }) => later));

// Installs whole or not at all: one file that cannot be had makes the installation fail, and the old worker stays. Whoever comes for
// the first time may never come again, and so fetches what is needed to start without network, and no more.
self.addEventListener('install', (event) => {
  event.waitUntil(install(self.registration.active ? precache : first, caches));
});

self.addEventListener('activate', (event) => {
  // One after the other: the second deletes what the first copies. Pages of the version before go with it.
  event.waitUntil(
    keepPreviousAssets(precache, caches)
      .then(() => removeOutdated(precache, caches))
      .then(() => self.APP === 'survey' && caches.delete(KEPT_PAGES)),
  );
});

const isReplaced = () => Boolean(self.registration.waiting ?? self.registration.installing);

const repair = async () => repairInTwoSteps(first, second, caches, isReplaced);

const answer = createAnswer(precache, self.APP, repair, caches);

self.addEventListener('fetch', (event) => {
  const reply = answer(event);
  if (reply) event.respondWith(reply);
});

// A new worker waits until a person agrees to the update.
self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
  if (isKeepPage(event.data)) event.waitUntil(keepPage(event.data, precache, caches));
});

self.addEventListener('sync', (event) => {
  if (event.tag === SYNC_TAG) event.waitUntil(wakePages(self.clients));
});
