/**
 * A worker that leaves on a device what the one made with workbox left there: the same caches, and the same addresses in them.
 * `list`: the files of the build, as our own worker has them written in.
 */
export const workboxWorker = (list: string): string => `'use strict';
const FILES = ${list};
const PRECACHE = 'workbox-precache-v2-' + registration.scope;
const PAGES = 'pages-v1';

function keyOf({ url, revision }) {
  const key = new URL(url, location.href);
  if (revision) key.searchParams.set('__WB_REVISION__', revision);
  return key.href;
}
const find = (path) => FILES.find(({ url }) => url === path);
const match = async (path) => caches.match(keyOf(find(path)), { cacheName: PRECACHE });
const pageKeyOf = (path) => path + '?languages=' + navigator.languages.join();

async function install() {
  const cache = await caches.open(PRECACHE);
  for (const file of FILES) {
    const reply = await fetch(new Request(file.url, { integrity: file.integrity }));
    if (!reply.ok) throw new Error(file.url);
    await cache.put(keyOf(file), reply);
  }
}

async function keep({ keep: path, language }) {
  const reply = await fetch(path);
  const html = await reply.clone().text();
  if (!html.includes('<html lang="' + language + '"')) return;
  // One of a newer version has scripts that are not here.
  for (const [, script] of html.matchAll(/<script[^>]*? src="([^"]+)"/g)) if (!find(script)) return;
  await (await caches.open(PAGES)).put(pageKeyOf(path), reply);
}

async function openPage(path) {
  return (await caches.match(pageKeyOf(path), { cacheName: PAGES })) || match('/survey.html');
}

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') skipWaiting();
  else event.waitUntil(keep(event.data));
});
addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(openPage(pathname));
  else if (find(pathname)) event.respondWith(match(pathname));
});
`;
