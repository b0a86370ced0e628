import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPrecache } from '../../src/worker/precache.ts';
import { createAnswer } from '../../src/worker/routes.ts';
import { enterWorkerScope, HOME, WorkerEvent } from './worker-scope.ts';

const storage = enterWorkerScope();

const FILES = [
  { url: '/survey.html', revision: 'a', integrity: '' },
  { url: '/assets/survey-1.js', revision: null, integrity: '' },
  { url: '/privacy/th.html', revision: 'b', integrity: '' },
];

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

let answer: ReturnType<typeof createAnswer>;

const repair = vi.fn<() => Promise<void>>(async () => undefined);

beforeEach(async () => {
  for (const name of await storage.keys()) await storage.delete(name);
  repair.mockClear();
  const precache = createPrecache(FILES, 'precache', storage.asStorage());
  answer = createAnswer(precache, 'survey', repair, storage.asStorage());
  const cache = await storage.open('precache');
  for (const { url, revision } of FILES)
    await cache.put(revision ? `${url}?__WB_REVISION__=${revision}` : url, new Response(url));
  vi.stubGlobal('fetch', async (request: Request | string) => {
    const { href } = new URL(typeof request === 'string' ? request : request.url, HOME);
    return new Response(`network: ${href.slice(HOME.length)}`);
  });
});

const navigate = (address: string): Request => {
  const request = new Request(address);
  Object.defineProperty(request, 'mode', { value: 'navigate' });
  return request;
};

/** What the worker answers, in words; null where it leaves the request alone. */
async function answerTo(request: Request): Promise<string | null> {
  const event = new WorkerEvent(request);
  const reply = answer(event);
  if (!reply) return null;
  const text = await (await reply).text();
  await event.settled();
  return text;
}

test.each(METHODS)(
  'nothing that is asked for by %s is touched, whatever the address',
  async (method) => {
    const paths = ['/', '/s/ABCDEFGH', '/waiting', '/survey.html', '/assets/survey-1.js'];
    const others = ['/assets/other-2.js', '/fonts/a.woff2', '/api/v1/batches', '/worker.js'];
    for (const path of [...paths, ...others]) {
      const request = new Request(`${HOME}${path}`, { method });
      expect(await answerTo(request)).toBeNull();
      Object.defineProperty(request, 'mode', { value: 'navigate' });
      expect(await answerTo(request)).toBeNull();
    }
  },
);

const font = new Request(`${HOME}/assets/thai.woff2`);
const serveFont = (status: number, type: string) =>
  vi.stubGlobal(
    'fetch',
    async () => new Response('a font', { status, headers: { 'content-type': type } }),
  );

describe('what is asked for by GET', () => {
  test.each([
    '/',
    '/?utm_source=x',
    '/s/ABCDEFGH',
    '/s/ABCDEFGH/',
    '/s/abc?x=1',
    '/waiting',
    '/waiting/',
  ])(
    'the page %s comes from the device, and what is missing is fetched behind it',
    async (path) => {
      expect(await answerTo(navigate(`${HOME}${path}`))).toBe('/survey.html');
      expect(repair).toHaveBeenCalledOnce();
    },
  );

  test.each([
    '/admin',
    '/admin/set-up',
    '/s/',
    '/s/ABC/D',
    '/healthz',
    '/waiting/x',
    '/api/v1/batches',
    '/kiosk',
  ])('the page %s is none of the survey', async (path) => {
    expect(await answerTo(navigate(`${HOME}${path}`))).toBeNull();
  });

  test.each([
    '/api/v1/channels/ABCDEFGH',
    '/api/v1/session',
    '/worker.js',
    '/manifest.webmanifest',
  ])('%s is left alone', async (path) => {
    expect(await answerTo(new Request(`${HOME}${path}`))).toBeNull();
  });

  test('a file of the build comes from the device', async () => {
    expect(await answerTo(new Request(`${HOME}/assets/survey-1.js`))).toBe('/assets/survey-1.js');
  });

  test('a font is fetched once', async () => {
    serveFont(200, 'font/woff2');
    expect(await answerTo(font)).toBe('a font');
    expect(await storage.paths('fonts-v1')).toEqual(['/assets/thai.woff2']);
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')));
    expect(await answerTo(font)).toBe('a font');
  });

  test.each([
    [404, 'font/woff2'],
    [200, 'text/html'],
  ])('nothing that is no font is kept as one: %s %s', async (status, type) => {
    serveFont(status, type);
    expect(await answerTo(font)).toBe('a font');
    expect(await storage.keys()).not.toContain('fonts-v1');
  });

  test('a file of the version before comes from the device, any other from the network', async () => {
    const previous = await storage.open('previous-assets');
    await previous.put('/assets/old-1.js', new Response('kept'));
    expect(await answerTo(new Request(`${HOME}/assets/old-1.js`))).toBe('kept');
    expect(await answerTo(new Request(`${HOME}/assets/admin-1.js`))).toBe(
      'network: /assets/admin-1.js',
    );
  });

  test('a file of somebody else is left alone', async () => {
    for (const path of ['/assets/a.js', '/a.woff2', '/assets/survey-1.js'])
      expect(await answerTo(new Request(`https://other.test${path}`))).toBeNull();
  });
});

test('the tablet’s worker answers for the tablet’s page and for no other', async () => {
  const precache = createPrecache(
    [{ url: '/kiosk.html', revision: 'a', integrity: '' }],
    'precache',
    storage.asStorage(),
  );
  answer = createAnswer(precache, 'kiosk', repair, storage.asStorage());
  const cache = await storage.open('precache');
  await cache.put('/kiosk.html?__WB_REVISION__=a', new Response('/kiosk.html'));
  for (const path of ['/kiosk', '/kiosk/', '/kiosk?x=1'])
    expect(await answerTo(navigate(`${HOME}${path}`))).toBe('/kiosk.html');
  for (const path of ['/', '/s/ABCDEFGH', '/waiting', '/admin', '/kiosks', '/kiosk-worker.js'])
    expect(await answerTo(navigate(`${HOME}${path}`))).toBeNull();
});

const privacyPage = () => navigate(`${HOME}/privacy/th.html`);
const removePrivacyPage = async () => {
  for (const name of await storage.keys())
    await (await storage.open(name)).delete('/privacy/th.html?__WB_REVISION__=b');
};

describe('the words about privacy', () => {
  test('come from the device', async () => {
    expect(await answerTo(privacyPage())).toBe('/privacy/th.html');
  });

  test('come from the network where a first visit did without', async () => {
    await removePrivacyPage();
    expect(await answerTo(privacyPage())).toBe('network: /privacy/th.html');
  });

  test('give way to the app, which says that they are not here, where there is no network', async () => {
    await removePrivacyPage();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await answerTo(privacyPage())).toBe('/survey.html');
  });
});

test('a page that is not on the device any more comes from the network', async () => {
  for (const name of await storage.keys()) await storage.delete(name);
  expect(await answerTo(navigate(`${HOME}/waiting`))).toBe('network: /survey.html');
});

const display = () => navigate(`${HOME}/display`);
const keep = async (address: string, text: string) =>
  (await storage.open('display-v1')).put(address, new Response(text));

describe('the page of a counter’s display', () => {
  test('comes from the network while there is one, also where a copy is kept', async () => {
    expect(await answerTo(display())).toBe('network: /display');
    await keep('/display', 'kept');
    expect(await answerTo(display())).toBe('network: /display');
  });

  test('comes up without network from the copy, with the files that it kept', async () => {
    await keep('/display', 'kept');
    await keep('/assets/display-3.js', 'its script');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await answerTo(display())).toBe('kept');
    expect(await answerTo(new Request(`${HOME}/assets/display-3.js`))).toBe('its script');
  });

  test('comes up from the copy where the server does not answer in time, or with an error', async () => {
    await keep('/display', 'kept');
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('down', { status: 502 })));
    expect(await answerTo(display())).toBe('kept');
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    const reply = answerTo(display());
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await reply).toBe('kept');
    vi.useRealTimers();
  });
});
