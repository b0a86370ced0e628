import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES } from '#core/contract/language.ts';

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sucharit-dist-'));

beforeAll(async () => {
  await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Those that respondents see; that about privacy is one for each language. */
const PAGES = ['survey.html', ...LANGUAGES.map((language) => `privacy/${language}.html`)];

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

interface PrecachedFile {
  url: string;
  revision: string | null;
  integrity: string;
  later?: true;
}

/** A worker's list of files; without a name the survey's. */
function precached(worker = 'worker.js'): PrecachedFile[] {
  const list = /\[\{"integrity":.*?\}\]/.exec(read(worker));
  if (list === null) throw new Error('the worker holds no list of files');
  return JSON.parse(list[0]) as PrecachedFile[];
}

const urls = (worker?: string) => precached(worker).map(({ url }) => url);

/** The files of assets/ that a built file names, in whatever way. */
const namedIn = (text: string) =>
  readdirSync(join(folder, 'assets')).filter((name) => text.includes(name));

/** All files of assets/ that a page names, and those that these name in turn. */
function reachedFrom(page: string): Set<string> {
  const reached = new Set<string>();
  const follow = (text: string): void => {
    for (const name of namedIn(text))
      if (!reached.has(name)) {
        reached.add(name);
        if (/\.(?:js|css)$/.test(name)) follow(read(`assets/${name}`));
      }
  };
  follow(read(page));
  return reached;
}

const isNeeded = ({ later }: PrecachedFile) => !later;
const withoutHash = ({ url }: PrecachedFile) => url.replace(/-[\w-]{8}(?=\.)/, '');
const isCompressed = (name: string) => /\.(?:br|gz)$/.test(name);
const isFont = (name: string) => name.endsWith('.woff2');

test('the pages and everything they can reach are precached, fonts apart', () => {
  const reached = PAGES.flatMap((page) => [...reachedFrom(page)]);
  const expected = [...new Set(reached)]
    .filter((name) => !isCompressed(name) && !isFont(name))
    .map((name) => `/assets/${name}`);
  expect(expected.length).toBeGreaterThan(5);
  expect(
    urls()
      .filter((url) => url.startsWith('/assets/'))
      .sort(),
  ).toEqual(expected.sort());
  expect(urls()).toEqual(expect.arrayContaining(PAGES.map((page) => `/${page}`)));
});

const styleOf = (page: string) =>
  [...reachedFrom(page)]
    .filter((name) => name.endsWith('.css'))
    .map((name) => read(`assets/${name}`))
    .join('');

describe.each([...PAGES, 'kiosk.html', 'admin.html', 'display.html'])('the style of %s', (page) => {
  test('keeps what only iPhones call by another name', () => {
    expect(styleOf(page)).toContain('-webkit-text-size-adjust:100%');
  });

  test('shows letters before any font has come, and the page asks for none of its own accord', () => {
    const fonts = styleOf(page).match(/@font-face\s*\{[^}]*\}/g) ?? [];
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((font) => !/font-display:\s*swap/.test(font))).toEqual([]);
    expect(read(page)).not.toMatch(/woff2|as="?font/);
  });

  test('knows what each name in it stands for', () => {
    const style = styleOf(page);
    const named = new Set([...style.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => !style.includes(`${name}:`))).toEqual([]);
  });
});

test('no browser looks up at each element of the survey what never changes', () => {
  const style = styleOf('survey.html');
  // Of two lights, of two languages, and of none.
  expect(style).toContain('var(--ink)');
  expect(style).toContain('var(--line-height)');
  expect(style).not.toMatch(/--(?:space|size|radius|target)\b/);
});

test('the tablet at a counter precaches its own page and what that can reach, and no phone does', () => {
  const expected = [...reachedFrom('kiosk.html')]
    .filter((name) => !isCompressed(name) && !isFont(name))
    .map((name) => `/assets/${name}`);
  const kiosk = urls('kiosk-worker.js');
  expect(kiosk.filter((url) => url.startsWith('/assets/')).sort()).toEqual(expected.sort());
  expect(kiosk).toEqual(expect.arrayContaining(['/kiosk.html', '/cannot-start.js']));
  expect(kiosk).not.toContain('/survey.html');
  expect(urls().join()).not.toContain('kiosk');
});

test.each(PAGES)('every script that %s names is precached', (page) => {
  const named = [...read(page).matchAll(/src="(\/[^"]+)"/g)].map(([, url]) => url);
  expect(named.length).toBeGreaterThan(0);
  expect(urls()).toEqual(expect.arrayContaining(named));
});

test('a first visit does without languages, the words about privacy and what only a flooded channel asks for', () => {
  expect(precached().filter(isNeeded).map(withoutHash).sort()).toEqual([
    '/assets/sending.js',
    '/assets/survey.css',
    '/assets/survey.js',
    '/cannot-start.js',
    '/survey.html',
  ]);
  expect(precached('kiosk-worker.js').every(isNeeded)).toBe(true);
});

test('the words of all four languages are precached', () => {
  for (const language of LANGUAGES)
    expect(urls().filter((url) => url.startsWith(`/assets/texts-${language}-`))).toHaveLength(1);
});

test('nothing that only the admin app needs is precached', () => {
  const survey = new Set(PAGES.flatMap((page) => [...reachedFrom(page)]));
  const onlyAdmin = [...reachedFrom('admin.html')].filter((name) => !survey.has(name));
  expect(onlyAdmin.length).toBeGreaterThan(0);
  for (const name of onlyAdmin) expect(urls()).not.toContain(`/assets/${name}`);
  expect(urls().join()).not.toContain('admin');
});

test('a file without a hash in its name has a revision, so that a change of it is an update', () => {
  const [hashed, named] = [true, false].map((isHashed) =>
    precached().filter(({ url }) => url.startsWith('/assets/') === isHashed),
  );
  expect(new Set(hashed?.map(({ revision }) => revision))).toEqual(new Set([null]));
  expect(named?.length).toBeGreaterThan(0);
  for (const { revision } of named ?? []) expect(revision).toMatch(/^[0-9a-f]{8}$/);
});

test('the worker knows the very bytes of every file', () => {
  for (const { url, integrity } of precached()) {
    const digest = createHash('sha256').update(read(url)).digest('base64');
    expect(integrity).toBe(`sha256-${digest}`);
  }
});

test.each(['cannot-start.js', 'privacy-back.js'])(
  '%s carries no comments, and is still in the oldest JavaScript',
  (name) => {
    const script = read(name);
    expect(script.length).toBeGreaterThan(200);
    expect(script).not.toMatch(/\/\/ |\/\*/);
    expect(script).not.toMatch(/`|=>|\b(?:let|const|class|async)\b/);
  },
);

test('the worker is one classic script that skips waiting only when it is told', () => {
  const worker = read('worker.js');
  expect(worker).not.toMatch(/^\s*(?:import|export)\b/m);
  expect(worker.split('skipWaiting(').length).toBe(2);
  expect(worker).not.toContain('process.env');
});

test.each(['worker.js', 'kiosk-worker.js'])(
  '%s has no optional call, of which Chrome 87 to 90 misread one kind',
  (name) => {
    expect(read(name)).not.toMatch(/\?\.(?!\d)/);
  },
);

test('a call that Chrome 87 to 90 misread is refused, also where the minifier made it', async () => {
  const main = fileURLToPath(new URL('../../src/client/survey/main.tsx', import.meta.url));
  const written = build({
    configFile,
    logLevel: 'silent',
    build: { write: false },
    plugins: [
      {
        name: 'adds-such-a-call',
        transform: (code, id) =>
          id === main ? `${code}\nself.f = (f, x, y) => { if (f != null) f(...x, y); };` : null,
      },
    ],
  });
  await expect(written).rejects.toThrow('an optional call with a spread before other arguments');
}, 120_000);
