import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hrefOf, parseRoute } from '../../src/client/admin/routes.ts';
import { readTexts } from '../../locales/texts.ts';
import { PICTURES, README_PICTURES } from './pictures.ts';

const GUIDE = fileURLToPath(new URL('../../docs/admin-guide.th.md', import.meta.url));
const PICTURE_FOLDER = join(dirname(GUIDE), 'images/guide');
const MOST_BYTES = 1_500_000;

const guide = readFileSync(GUIDE, 'utf8');
const images = [...guide.matchAll(/<img src="([^"]*)"([^>]*)>/g)].map(([, source, rest]) => ({
  source,
  alt: /alt="([^"]*)"/.exec(rest ?? '')?.[1] ?? '',
}));
const files = readdirSync(PICTURE_FOLDER);

test('README.md shows the pictures that the script takes for it', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = [...readme.matchAll(/<img src="([^"]*)"/g)].map(([, source]) => source);
  expect(shown).toEqual(README_PICTURES.map(({ name }) => `docs/images/${name}.png`));
});

/** What the browser's own window for printing calls it. */
const OF_THE_BROWSER = 'บันทึกเป็น PDF';

test('the quick start quotes words that stand on the pages', () => {
  const texts = [...readTexts('th').values()].flatMap((file) => [...file.values()]);
  const quickStart = readFileSync(join(dirname(GUIDE), 'quick-start.th.md'), 'utf8');
  const quoted = [...quickStart.matchAll(/"([^"]*)"/g)].map(([, words]) => words ?? '');
  expect(quoted.length).toBeGreaterThan(20);
  // A number of the office's stands in the place of what is filled in.
  const isThere = (words: string) =>
    texts.some((text) => text === words || text.replaceAll(/\{\{\w+\}\}/g, '5') === words);
  expect(quoted.filter((words) => words !== OF_THE_BROWSER && !isThere(words))).toEqual([]);
});

describe('the guide for admins', () => {
  test('shows every picture that there is, and none that is not', () => {
    const shown = images.map(({ source }) => source);
    expect(new Set(shown)).toEqual(new Set(files.map((name) => `images/guide/${name}`)));
  });

  test('shows the pictures in the order in which the script takes them', () => {
    const taken = PICTURES.map(({ name }) => `images/guide/${name}.png`);
    expect(images.map(({ source }) => source)).toEqual(taken);
  });

  test('says of every picture what is on it', () => {
    const short = images.filter(({ alt }) => alt.length < 40);
    expect(short).toEqual([]);
  });

  test('has pictures that travel lightly', () => {
    const sizes = files.map((name) => statSync(join(PICTURE_FOLDER, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  test.each([...guide.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? ''))(
    'leads to pages that exist: %s',
    (heading) => {
      const places = [...heading.matchAll(/`([^`]*)`/g)].map(([, place]) => place ?? '');
      expect(places.length).toBeGreaterThan(0);
      expect(places.map((place) => hrefOf(parseRoute(place, '')))).toEqual(places);
    },
  );

  test('has its pictures, and README.md’s, taken of pages that exist', () => {
    const places = [...README_PICTURES, ...PICTURES].map(
      ({ place }) => new URL(place, 'http://localhost'),
    );
    const unknown = places.filter(
      ({ pathname, search }) => parseRoute(pathname, search).page === 'unknown',
    );
    expect(unknown).toEqual([]);
  });

  test('quotes words that stand on the pages', () => {
    const texts = new Set([...readTexts('th').values()].flatMap((file) => [...file.values()]));
    const quoted = [...guide.matchAll(/“([^”]*)”/g)].map(([, words]) => words ?? '');
    expect(quoted.length).toBeGreaterThan(0);
    expect(quoted.filter((words) => !texts.has(words))).toEqual([]);
  });

  test('links to files that exist', () => {
    const links = [...guide.matchAll(/\]\(([^)#]+)/g)].map(([, file]) => file ?? '');
    expect(links).toContain('quick-start.th.md');
    for (const file of links) expect(statSync(join(dirname(GUIDE), file)).isFile()).toBe(true);
  });
});
