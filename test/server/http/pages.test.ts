import { createHash } from 'node:crypto';
import fs, { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from '#server/http/app.ts';
import type { AppEnv } from '#server/http/effects.ts';
import { registerStaticFiles } from '#server/http/static-routes.ts';
import { languageFor } from '#server/pages/accept-language.ts';
import { createPages } from '#server/pages/pages.ts';
import { withStyleInside } from '#server/pages/survey-style.ts';
import { readNewerFile, readStaticFiles } from '#server/pages/static-files.ts';
import { DRAFT, EIT } from '../support/fixtures.ts';
import { createTestServer } from '../support/test-server.ts';

function pageDataIn(html: string) {
  const found = /<script type="application\/json" id="page-data">([^<]*)<\/script>/.exec(html);
  if (!found?.[1]) throw new Error('no page data');
  return JSON.parse(found[1]);
}

describe('the survey page', () => {
  test('comes in the person’s language, with its texts and its channel', async () => {
    const { app, createChannel } = await createTestServer();
    const { code } = await createChannel(EIT.id, 1);
    const reply = await app.request(`/s/${code}`, {
      headers: { 'accept-language': 'my-MM,en;q=0.5' },
    });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('no-cache');
    expect(reply.headers.get('vary')).toBe('Accept-Language, Accept-Encoding');
    const html = await reply.text();
    expect(html).toContain('<html lang="my">');
    expect(html).toContain('<title>title-my</title>');
    expect(pageDataIn(html)).toMatchObject({
      language: 'my',
      texts: { survey: { title: 'title-my' } },
      channel: {
        state: 'found',
        channel: { code, department: 1, organization: DRAFT.organization },
      },
    });
    // What stands on the plain form alone no script ever says.
    expect(pageDataIn(html).texts.survey).not.toHaveProperty('plain');
  });

  test('about privacy is that in the person’s language', async () => {
    const { app } = await createTestServer();
    const reply = await app.request('/privacy', { headers: { 'accept-language': 'zh-CN' } });
    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toBe('/privacy/zh.html');
    expect(reply.headers.get('vary')).toBe('Accept-Language');
  });

  test('asks for the code where a person typed an address that is nobody’s; a program is told in JSON', async () => {
    const { app } = await createTestServer();
    const headers = { accept: 'text/html,application/xhtml+xml' };
    const page = await app.request('/survy', { headers });
    expect(page.status).toBe(404);
    expect(pageDataIn(await page.text())).toMatchObject({ channel: { state: 'none' } });
    for (const stray of [app.request('/survy'), app.request('/api/v1/survy', { headers })])
      expect((await stray).headers.get('content-type')).toBe('application/problem+json');
  });

  test.each([
    ['/s/22222222', 'channel-unknown', '22222222'],
    ['/s/2222-2223', 'channel-mistyped', '22222223'],
    ['/s/%3Cscript%3E', 'channel-mistyped', '<SCRIPT>'],
  ])('of %s tells what is wrong, in the person’s language', async (path, problem, code) => {
    const { app } = await createTestServer();
    const reply = await app.request(path, { headers: { 'accept-language': 'zh-CN' } });
    expect(reply.status).toBe(404);
    const html = await reply.text();
    expect(html).not.toContain('<SCRIPT>');
    expect(pageDataIn(html)).toMatchObject({
      language: 'zh',
      channel: { state: 'problem', code, problem },
    });
  });

  test.each(['/', '/waiting', '/waiting/'])('%s has no channel', async (path) => {
    const { app } = await createTestServer();
    expect(pageDataIn(await (await app.request(path)).text())).toMatchObject({
      language: 'th',
      channel: { state: 'none' },
    });
  });

  test('is not sent again to whoever has it, until the office changes what is in it', async () => {
    const server = await createTestServer();
    const { assessment, code } = await server.createChannel(EIT.id, 1);
    const ask = (etag = '') =>
      server.app.request(`/s/${code}`, { headers: { 'if-none-match': etag } });
    const first = await ask();
    const etag = first.headers.get('etag') ?? '';
    const again = await ask(etag);
    expect(again.status).toBe(304);
    expect(again.headers.get('vary')).toBe('Accept-Language, Accept-Encoding');
    expect(await again.text()).toBe('');

    const path = `/api/v1/assessments/${assessment.id}/channels/${code}`;
    await server.ask('PATCH', path, { json: { state: 'closed' } });
    const changed = await ask(etag);
    expect(changed.status).toBe(200);
    expect(pageDataIn(await changed.text())).toMatchObject({
      channel: { channel: { state: 'closed' } },
    });
    await server.ask('PATCH', path, { json: { state: 'open' } });
    expect((await ask(etag)).status).toBe(304);
  });

  test('brings its style inside, which the policy knows letter by letter', () => {
    const { html, hash } = withStyleInside(
      '<head><link rel="stylesheet" crossorigin href="/a.css"><link rel="stylesheet" href="/b.css"></head>',
      (url) => ({ '/a.css': 'p{content:"$&"}\n', '/b.css': 'a{}\n' })[url] ?? '',
    );
    const style = /^<head><style>([^]*)<\/style><\/head>$/.exec(html)?.[1] ?? '';
    expect(style).toBe('p{content:"$&"}\na{}');
    const one = withStyleInside('<head><link rel="stylesheet" href="/a.css"></head>', () => 'a{}');
    expect(one.html).toBe('<head><style data-file="/a.css">a{}</style></head>');
    const digest = createHash('sha256').update(style).digest('base64');
    expect(hash).toBe(`sha256-${digest}`);
  });

  test('is compressed as the browser likes it', async () => {
    const { app } = await createTestServer();
    const plain = await (await app.request('/')).text();
    const ask = async (encoding: string) => {
      const reply = await app.request('/', { headers: { 'accept-encoding': encoding } });
      return {
        encoding: reply.headers.get('content-encoding'),
        bytes: Buffer.from(await reply.arrayBuffer()),
      };
    };
    const best = await ask('gzip, deflate, br');
    expect(best.encoding).toBe('br');
    expect(brotliDecompressSync(best.bytes).toString()).toBe(plain);
    const older = await ask('gzip, br;q=0');
    expect(older.encoding).toBe('gzip');
    expect(gunzipSync(older.bytes).toString()).toBe(plain);
    expect((await ask('identity')).encoding).toBeNull();
  });

  test('is compressed better behind whoever asks for it again', async () => {
    const { app, createChannel } = await createTestServer();
    const { code } = await createChannel(EIT.id, 1);
    const ask = async (encoding = 'br') => {
      const reply = await app.request(`/s/${code}`, { headers: { 'accept-encoding': encoding } });
      return Buffer.from(await reply.arrayBuffer());
    };
    const plain = await ask('identity');
    const quick = await ask();
    await expect.poll(async () => (await ask()).length).toBeLessThan(quick.length);
    expect(brotliDecompressSync(await ask())).toEqual(plain);
    expect(gunzipSync(await ask('gzip'))).toEqual(plain);
  });

  test('takes a name with markup and dollar signs for what it is', () => {
    const pages = createPages(
      {
        survey: {
          html: '<html><title>-</title><div id="app"></div><!--page-data--></html>',
          style: '',
          hash: null,
        },
        kiosk: '',
        admin: '',
        display: '',
        views: {
          renderFirstScreen: ({ texts }) => `<p>$& ${String(texts.survey['plain'])}</p>`,
          renderPlainForm: () => '',
          renderPlainThanks: () => '',
        },
      },
      () => ({
        survey: { title: '$& </title><script>', plain: '$`' },
        problems: { words: '$` </script><!--' },
      }),
    );
    const { html } = pages.survey('th', { state: 'none' });
    expect(html).toContain('<p>$& $`</p>');
    expect(html).not.toContain('<script>');
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(pageDataIn(html).texts.problems.words).toBe('$` </script><!--');
  });
});

test('the tablet at a counter gets a page of its own, with nothing of it inside', async () => {
  const { app } = await createTestServer();
  const reply = await app.request('/kiosk');
  expect(await reply.text()).toContain('<title>kiosk</title>');
  expect(reply.headers.get('cache-control')).toBe('no-cache');
});

test('the admin app answers under all its addresses', async () => {
  const { app } = await createTestServer();
  for (const path of ['/admin', '/admin/set-up?token=x', '/admin/scores']) {
    const reply = await app.request(path);
    expect(await reply.text()).toContain('<title>admin</title>');
    expect(reply.headers.get('cache-control')).toBe('no-cache');
  }
});

test.each([
  [undefined, 'th'],
  ['', 'th'],
  ['fr-FR, de;q=0.9', 'th'],
  ['en-GB,en;q=0.9', 'en'],
  ['fr, my;q=0.2, zh;q=0.8', 'zh'],
  ['zh-Hant-TW', 'zh'],
  ['en;q=0, my;q=0.1', 'my'],
])('the language for %s is %s', (header, language) => {
  expect(languageFor(header)).toBe(language);
});

describe('a file of the build', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sucharit-dist-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'assets/survey-abc.js'), 'plain');
    writeFileSync(join(folder, 'assets/survey-abc.js.br'), 'as brotli');
    writeFileSync(join(folder, 'worker.js'), 'the worker');
    writeFileSync(join(folder, 'secret.pem'), 'not for the web');
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, '.vite/manifest.json'), '{}');
    writeFileSync(join(folder, 'assets/.notes.json'), '{}');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const ask = (path: string, headers: Record<string, string> = {}) => {
    const app = new Hono<AppEnv>();
    registerStaticFiles(app, readStaticFiles(folder));
    return app.request(path, { headers });
  };

  test('under assets is kept for a year, and comes compressed where it can', async () => {
    const reply = await ask('/assets/survey-abc.js', { 'accept-encoding': 'br' });
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('content-encoding')).toBe('br');
    expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await reply.text()).toBe('as brotli');
    const older = await ask('/assets/survey-abc.js', { 'accept-encoding': 'gzip' });
    expect(older.headers.get('content-encoding')).toBeNull();
    expect(await older.text()).toBe('plain');
  });

  test('elsewhere is asked for again, and not sent again if it is the same', async () => {
    const first = await ask('/worker.js');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const etag = first.headers.get('etag') ?? '';
    const again = await ask('/worker.js', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test.each([
    '/secret.pem',
    '/.vite/manifest.json',
    '/assets/.notes.json',
    '/assets/survey-abc.js.br',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets',
  ])('%s is not there', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('that a newer build made is there for its pages, and kept by nobody as long as the build may be at it', async () => {
    const { effects } = await createTestServer();
    const staticFiles = readStaticFiles(folder);
    const newerFile = (name: string) => readNewerFile(folder, name);
    const app = createApp({ ...effects, staticFiles, newerFile });
    expect((await app.request('/assets/survey-aB_-9012.js')).status).toBe(404);

    writeFileSync(join(folder, 'assets/survey-aB_-9012.js'), 'newer');
    writeFileSync(join(folder, 'assets/survey-aB_-9012.js.br'), 'newer as brotli');
    const reply = await app.request('/assets/survey-aB_-9012.js', {
      headers: { 'accept-encoding': 'br' },
    });
    expect(await reply.text()).toBe('newer as brotli');
    expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('no-cache');

    writeFileSync(join(folder, 'assets/late.js'), 'not named by its content');
    writeFileSync(join(folder, 'late-aB_-9012.js'), 'not under assets');
    for (const name of ['late.js', '%2e%2e%2flate-aB_-9012.js', '..%2flate-aB_-9012.js'])
      expect((await app.request(`/assets/${name}`)).status).toBe(404);
  });

  test.each(['statSync', 'readFileSync'] as const)(
    'that the next build removes just before %s is not there',
    async (call) => {
      const { effects } = await createTestServer();
      const newerFile = (name: string) => readNewerFile(folder, name);
      const app = createApp({ ...effects, newerFile });
      const file = join(folder, 'assets/survey-aB_-3456.js');
      writeFileSync(file, 'newest');
      const original = fs[call] as (...args: unknown[]) => unknown;
      vi.spyOn(fs, call).mockImplementation((...args: unknown[]) => {
        if (args[0] === file) rmSync(file, { force: true });
        return original(...args) as never;
      });
      syncBuiltinESMExports();
      onTestFinished(() => {
        vi.restoreAllMocks();
        syncBuiltinESMExports();
      });
      expect((await app.request('/assets/survey-aB_-3456.js')).status).toBe(404);
      expect(existsSync(file)).toBe(false);
    },
  );
});
