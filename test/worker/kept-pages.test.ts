import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isKeepPage, keepPage } from '../../src/worker/kept-pages.ts';
import { createPrecache } from '../../src/worker/precache.ts';
import { createAnswer } from '../../src/worker/routes.ts';
import { enterWorkerScope, HOME, WorkerEvent } from './worker-scope.ts';

const storage = enterWorkerScope();

const precache = createPrecache(
  [
    { url: '/survey.html', revision: 'a', integrity: '' },
    { url: '/cannot-start.js', revision: 'a', integrity: '' },
    { url: '/assets/survey-1.js', revision: null, integrity: '' },
  ],
  'precache',
  storage.asStorage(),
);
const answer = createAnswer(precache, 'survey', async () => undefined, storage.asStorage());

const pageOf = (build: number, words: string) =>
  `<html lang="th"><script defer src="/cannot-start.js"></script><script type="module" crossorigin src="/assets/survey-${build}.js"></script>${words}`;

/** What the server answers to everything. */
const serve = (text: string, status = 200) =>
  vi.stubGlobal('fetch', async () => new Response(text, { status }));

const speak = (...languages: string[]) => vi.stubGlobal('navigator', { languages });

const keep = async (path: string, language = 'th') =>
  keepPage({ keep: path, language }, precache, storage.asStorage());

/** What a visit shows. */
async function visit(path: string): Promise<string> {
  const request = new Request(`${HOME}${path}`);
  Object.defineProperty(request, 'mode', { value: 'navigate' });
  const event = new WorkerEvent(request);
  const reply = await answer(event);
  const text = (await reply?.text()) ?? '';
  await event.settled();
  return text;
}

beforeEach(async () => {
  storage.isFull = false;
  for (const name of await storage.keys()) await storage.delete(name);
  const cache = await storage.open(precache.cacheName);
  await cache.put('/survey.html?__WB_REVISION__=a', new Response('the empty page'));
  speak('th-TH', 'en');
});

test('a channel’s page comes up as the server rendered it, also without network', async () => {
  serve(pageOf(1, 'the notice'));
  await keep('/s/ABCDEFGH');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  for (const path of ['/s/ABCDEFGH', '/s/ABCDEFGH/', '/s/ABCDEFGH?utm_source=x'])
    expect(await visit(path)).toContain('the notice');
  for (const path of ['/s/22222222', '/', '/waiting'])
    expect(await visit(path)).toBe('the empty page');
});

test('what cannot be asked for now stays as it was kept', async () => {
  serve(pageOf(1, 'the notice'));
  await keep('/s/ABCDEFGH');
  for (const status of [429, 500, 503]) {
    serve('not now', status);
    await keep('/s/ABCDEFGH');
  }
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  await keep('/s/ABCDEFGH');
  expect(await visit('/s/ABCDEFGH')).toContain('the notice');
});

test('a page of a channel that is no more is let go', async () => {
  serve(pageOf(1, 'the notice'));
  await keep('/s/ABCDEFGH');
  serve(pageOf(1, 'nobody’s code'), 404);
  await keep('/s/ABCDEFGH');
  expect(await visit('/s/ABCDEFGH')).toBe('the empty page');
});

test.each([
  ['a newer version', pageOf(2, 'of another build')],
  ['whoever else answers', '<p>Please sign in to this network</p>'],
])('nothing of %s is kept', async (_, page) => {
  serve(pageOf(1, 'the notice'));
  await keep('/s/ABCDEFGH');
  serve(page);
  await keep('/s/ABCDEFGH');
  await keep('/s/22222222');
  expect(await visit('/s/ABCDEFGH')).toContain('the notice');
  expect(await visit('/s/22222222')).toBe('the empty page');
});

test('who speaks another language since sees no page in the one before', async () => {
  serve(pageOf(1, 'ไทย'));
  await keep('/s/ABCDEFGH');
  speak('my', 'en');
  expect(await visit('/s/ABCDEFGH')).toBe('the empty page');
  serve(pageOf(1, 'မြန်မာ'));
  await keep('/s/ABCDEFGH');
  expect(await visit('/s/ABCDEFGH')).toContain('မြန်မာ');
});

test('the latest few are kept, and one that is kept again counts as late', async () => {
  serve(pageOf(1, 'the notice'));
  for (const number of [1, 2, 3, 4, 5, 1, 6]) await keep(`/s/${number}`);
  expect(await visit('/s/1')).toContain('the notice');
  expect(await visit('/s/2')).toBe('the empty page');
  expect(await storage.paths('pages-v1')).toHaveLength(5);
});

test('no page is shown of which the browser threw out the files', async () => {
  serve(pageOf(1, 'the notice'));
  await keep('/s/ABCDEFGH');
  await storage.delete(precache.cacheName);
  serve('from the server');
  expect(await visit('/s/ABCDEFGH')).toBe('from the server');
});

test('a page in another language than the one that asks is not kept', async () => {
  serve(pageOf(1, 'the notice'));
  await keep('/s/ABCDEFGH', 'en');
  expect(await visit('/s/ABCDEFGH')).toBe('the empty page');
});

test('without room the empty page comes up as before', async () => {
  serve(pageOf(1, 'the notice'));
  storage.isFull = true;
  await keep('/s/ABCDEFGH');
  expect(await visit('/s/ABCDEFGH')).toBe('the empty page');
});

describe('what a page may ask for', () => {
  test('its own channel', () => {
    expect(isKeepPage({ keep: '/s/ABCDEFGH', language: 'th' })).toBe(true);
  });

  test.each([
    null,
    'skip-waiting',
    {},
    { keep: '/s/ABCDEFGH' },
    { keep: 1, language: 'th' },
    { keep: '/', language: 'th' },
    { keep: '/admin', language: 'th' },
    { keep: '/s/', language: 'th' },
    { keep: '/s/ABC/form', language: 'th' },
    { keep: '//other.test/s/A', language: 'th' },
    { keep: 'https://other.test/s/A', language: 'th' },
  ])('and not %j', (message) => {
    expect(isKeepPage(message)).toBe(false);
  });
});
