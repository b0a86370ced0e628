import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { install, removeOutdated } from '../../src/worker/install.ts';
import { createPrecache } from '../../src/worker/precache.ts';
import { keepPreviousAssets } from '../../src/worker/previous-assets.ts';
import { repairInTwoSteps, repairPrecache } from '../../src/worker/repair.ts';
import { enterWorkerScope, HOME } from './worker-scope.ts';

const storage = enterWorkerScope();

const integrityOf = (text: string) =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

const PRECACHE = 'precache';

const precacheOf = (files: Record<string, string>) =>
  createPrecache(
    Object.entries(files).map(([url, text]) => ({
      url,
      revision: url.startsWith('/assets/') ? null : text,
      integrity: integrityOf(text),
    })),
    PRECACHE,
    storage.asStorage(),
  );

async function fill(name: string, paths: readonly string[]): Promise<void> {
  const cache = await storage.open(name);
  for (const path of paths) await cache.put(path, new Response(path));
}

/** Answers as a browser does whose own cache is empty: bytes that are not the ones asked for are an error. */
const serve = (served: Record<string, string>) => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (request: Request | string) => {
    if (typeof request === 'string') throw new TypeError('not in the cache');
    const { url, integrity } = request;
    const path = url.slice(HOME.length);
    asked.push(path);
    const text = served[path];
    if (integrity !== integrityOf(text ?? 'not found')) throw new TypeError('integrity');
    return new Response(text, { status: text === undefined ? 404 : 200 });
  });
  return asked;
};

/** Answers as a browser does whose own cache has a file under each address that was cut on the way. */
const cutInBrowsersCache = () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (request: Request | string) => {
    if (typeof request === 'string') return new Response('c');
    asked.push(`${request.url.slice(HOME.length)} ${request.cache}`);
    if (request.cache !== 'reload') throw new TypeError('integrity');
    return new Response('whole');
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

  test('is asked for past the browser’s own cache where that has wrong bytes', async () => {
    await fill(PRECACHE, ['/assets/b.js', '/survey.html?__WB_REVISION__=page']);
    const asked = cutInBrowsersCache();
    await repairPrecache(precache, storage.asStorage());
    expect(asked).toEqual(['/assets/a.js default', '/assets/a.js reload']);
    expect(await storage.paths(PRECACHE)).toContain('/assets/a.js');
  });

  test('is asked for once where the server has it no longer', async () => {
    await fill(PRECACHE, ['/assets/b.js', '/survey.html?__WB_REVISION__=page']);
    const asked = serve({});
    await repairPrecache(precache, storage.asStorage());
    expect(asked).toEqual(['/assets/a.js']);
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

describe('what a first visit did without', () => {
  const files = { '/survey.html': 'page', '/assets/a.js': 'a', '/assets/texts-zh.js': 'zh' };
  const { '/assets/texts-zh.js': zh, ...needed } = files;

  test.each([
    ['is fetched when nobody waits for it any more', files, false, ['/assets/texts-zh.js']],
    [
      'is not asked for where a newer version comes, as its server has other files',
      files,
      true,
      [],
    ],
    ['is asked for once by who does not know of one', {}, false, ['/assets/texts-zh.js']],
  ])('%s', async (_, served, isReplaced, later) => {
    vi.useFakeTimers();
    await fill(PRECACHE, ['/survey.html?__WB_REVISION__=page']);
    const asked = serve(served);
    const [first, second] = [precacheOf(needed), precacheOf({ '/assets/texts-zh.js': zh })];
    const repaired = repairInTwoSteps(first, second, storage.asStorage(), () => isReplaced);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(['/assets/a.js']);
    await vi.advanceTimersByTimeAsync(5_000);
    await repaired;
    expect(asked).toEqual(['/assets/a.js', ...later]);
    vi.useRealTimers();
  });
});

describe('a version that is installed', () => {
  const files = { '/survey.html': 'b', '/assets/same.js': 'same', '/assets/new.js': 'new' };
  const keys = ['/assets/new.js', '/assets/same.js', '/survey.html?__WB_REVISION__=b'];
  const installed = async () => install(precacheOf(files), storage.asStorage());

  test('comes to lie beside the one at work, which what is the same in both is taken from', async () => {
    const before = ['/survey.html?__WB_REVISION__=a', '/assets/same.js', '/assets/old.js'];
    await fill(PRECACHE, before);
    const asked = serve(files);
    await installed();
    expect(asked).toEqual(['/survey.html', '/assets/new.js']);
    expect(await storage.paths(PRECACHE)).toEqual([...new Set([...before, ...keys])].sort());
    await removeOutdated(precacheOf(files), storage.asStorage());
    expect(await storage.paths(PRECACHE)).toEqual(keys);
  });

  test.each([
    ['is missing', { '/survey.html': 'b', '/assets/same.js': 'same' }],
    ['is of another version', { ...files, '/survey.html': 'c' }],
    ['was cut on the way', { ...files, '/assets/new.js': 'ne' }],
  ])('fails where a file %s', async (_, served) => {
    serve(served);
    await expect(installed()).rejects.toThrow('integrity');
    serve(files);
    await installed();
    expect(await storage.paths(PRECACHE)).toEqual(keys);
  });

  test('fails where the server answers with an error', async () => {
    vi.stubGlobal('fetch', async () => new Response('b', { status: 503 }));
    await expect(installed()).rejects.toThrow('503');
    expect(await storage.paths(PRECACHE)).toEqual([]);
  });

  test('fails without room or network', async () => {
    serve(files);
    storage.isFull = true;
    await expect(installed()).rejects.toThrow('no room');
    storage.isFull = false;
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')));
    await expect(installed()).rejects.toThrow('offline');
  });

  test('asks for what the browser’s own cache has wrong bytes of past that cache', async () => {
    const asked = cutInBrowsersCache();
    await installed();
    expect(asked.slice(0, 2)).toEqual(['/survey.html no-cache', '/survey.html reload']);
    expect(await storage.paths(PRECACHE)).toEqual(keys);
  });

  test('asks again for what has no hash in its name, and takes the rest from the browser’s own cache', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async ({ url, cache }: Request) => {
      asked.push([url.slice(HOME.length), cache]);
      return new Response('');
    });
    await installed();
    expect(asked).toEqual([
      ['/survey.html', 'no-cache'],
      ['/assets/same.js', 'default'],
      ['/assets/new.js', 'default'],
    ]);
  });

  test('keeps what came by a detour as if it had come straight, as browsers refuse such a page', async () => {
    vi.stubGlobal('fetch', async ({ url }: Request) => {
      const reply = new Response(url, { headers: { 'content-type': 'text/html' } });
      Object.defineProperty(reply, 'redirected', { value: true });
      return reply;
    });
    await installed();
    const kept = await precacheOf(files).match('/survey.html');
    expect(kept?.redirected).toBe(false);
    expect(kept?.headers.get('content-type')).toBe('text/html');
    expect(await kept?.text()).toBe(`${HOME}/survey.html`);
  });
});
