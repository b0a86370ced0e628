import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { enterWorkerScope, HOME } from './worker-scope.ts';

const storage = enterWorkerScope();
const { PrecacheController } = await import('workbox-precaching');
const { keepPreviousAssets } = await import('../../src/worker/previous-assets.ts');
const { askAgain, refreshBrowserCache, repairInTwoSteps, repairPrecache } =
  await import('../../src/worker/repair.ts');

const integrityOf = (text: string) =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

const precacheOf = (files: Record<string, string>) => {
  const precache = new PrecacheController();
  precache.addToCacheList(
    Object.entries(files).map(([url, text]) => ({
      url,
      revision: url.startsWith('/assets/') ? null : text,
      integrity: integrityOf(text),
    })),
  );
  return precache;
};

const PRECACHE = precacheOf({}).strategy.cacheName;

async function fill(name: string, paths: readonly string[]): Promise<void> {
  const cache = await storage.open(name);
  for (const path of paths) await cache.put(path, new Response(path));
}

/** Answers as the browser does: bytes that are not the ones asked for are an error. */
const serve = (served: Record<string, string>) => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async ({ url, integrity }: Request) => {
    const path = url.slice(HOME.length);
    asked.push(path);
    const text = served[path];
    if (integrity !== integrityOf(text ?? 'not found')) throw new TypeError('integrity');
    return new Response(text, { status: text === undefined ? 404 : 200 });
  });
  return asked;
};

beforeEach(async () => {
  storage.isFull = false;
  for (const name of await storage.keys()) await storage.delete(name);
});

describe('when a version takes the place of another', () => {
  const next = precacheOf({ '/survey.html': 'b', '/assets/same.js': '', '/assets/new.js': '' });
  const present = [
    '/survey.html?__WB_REVISION__=a',
    '/survey.html?__WB_REVISION__=b',
    '/assets/same.js',
    '/assets/new.js',
    '/assets/old.js',
  ];

  test('the files that only the old one has are kept, but not its page', async () => {
    await fill(PRECACHE, present);
    await keepPreviousAssets(next, storage.asStorage());
    expect(await storage.paths('previous-assets')).toEqual(['/assets/old.js']);
    expect(await storage.paths(PRECACHE)).toHaveLength(present.length);
  });

  test('those of versions before that are let go', async () => {
    await fill(PRECACHE, present);
    await fill('previous-assets', ['/assets/oldest.js']);
    await keepPreviousAssets(next, storage.asStorage());
    expect(await storage.paths('previous-assets')).toEqual(['/assets/old.js']);
  });

  test('the first version of all keeps nothing', async () => {
    await fill(PRECACHE, ['/survey.html?__WB_REVISION__=b', '/assets/same.js', '/assets/new.js']);
    await keepPreviousAssets(next, storage.asStorage());
    expect(await storage.keys()).toEqual([PRECACHE]);
  });

  test('a device without room is updated all the same', async () => {
    await fill(PRECACHE, present);
    storage.isFull = true;
    await expect(keepPreviousAssets(next, storage.asStorage())).resolves.toBeUndefined();
  });
});

describe('what was thrown out', () => {
  const files = { '/survey.html': 'page', '/assets/a.js': 'a', '/assets/b.js': 'b' };
  const precache = precacheOf(files);

  test('is fetched again, and nothing else', async () => {
    await fill(PRECACHE, ['/assets/a.js']);
    const asked = serve(files);
    await repairPrecache(precache, storage.asStorage());
    expect(asked.sort()).toEqual(['/assets/b.js', '/survey.html']);
    expect(await storage.paths(PRECACHE)).toEqual([
      '/assets/a.js',
      '/assets/b.js',
      '/survey.html?__WB_REVISION__=page',
    ]);
  });

  test('is not asked for while all is there', async () => {
    await fill(PRECACHE, ['/assets/a.js', '/assets/b.js', '/survey.html?__WB_REVISION__=page']);
    const asked = serve(files);
    await repairPrecache(precache, storage.asStorage());
    expect(asked).toEqual([]);
  });

  test('is not taken from another version, and what is the same in both is', async () => {
    serve({ '/survey.html': 'newer page', '/assets/a.js': 'a' });
    await repairPrecache(precache, storage.asStorage());
    expect(await storage.paths(PRECACHE)).toEqual(['/assets/a.js']);
  });

  test('stays away without room or network, and nothing fails', async () => {
    serve(files);
    storage.isFull = true;
    await expect(repairPrecache(precache, storage.asStorage())).resolves.toBeUndefined();
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')));
    await expect(repairPrecache(precache, storage.asStorage())).resolves.toBeUndefined();
    expect(await storage.paths(PRECACHE)).toEqual([]);
  });
});

test('what arrived with wrong bytes is asked for past the browser’s own cache', async () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response(''));
  vi.stubGlobal('fetch', fetched);
  await refreshBrowserCache({ request: new Request(`${HOME}/assets/a.js`) });
  expect(fetched).toHaveBeenCalledWith(`${HOME}/assets/a.js`, { cache: 'reload' });
});

test('what a first visit did without is fetched when nobody waits for it any more', async () => {
  vi.useFakeTimers();
  const files = { '/survey.html': 'page', '/assets/a.js': 'a', '/assets/texts-zh.js': 'zh' };
  const { '/assets/texts-zh.js': _later, ...needed } = files;
  await fill(PRECACHE, ['/survey.html?__WB_REVISION__=page']);
  const asked = serve(files);
  const repaired = repairInTwoSteps(precacheOf(needed), precacheOf(files), storage.asStorage());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['/assets/a.js']);
  await vi.advanceTimersByTimeAsync(5_000);
  await repaired;
  expect(asked).toEqual(['/assets/a.js', '/assets/texts-zh.js']);
  vi.useRealTimers();
});

test('a file without a hash in its name is asked for again, and not fetched anew where it is the same', async () => {
  const again = await askAgain({ request: new Request(`${HOME}/a.js`, { cache: 'reload' }) });
  expect(again.cache).toBe('no-cache');
  const asset = new Request(`${HOME}/assets/a.js`);
  expect(await askAgain({ request: asset })).toBe(asset);
});
