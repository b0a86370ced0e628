import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
const TESTS = join(PROJECT, 'test');
const DOCS = join(PROJECT, 'docs');

const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const names = new Set(files.map((name) => basename(name)));

/** docs/security.md has a test of its own, which knows the file of each title. */
const documents = readdirSync(DOCS).filter((name) => name.endsWith('.md'));

const read = (name: string) => readFileSync(join(DOCS, name), 'utf8');

describe('the documents', () => {
  test.each(documents)('%s names files of tests that there are', (name) => {
    const named = [
      ...read(name).matchAll(/`(?:[\w-]+\/)*([\w-]+(?:\.test|\.journey|-suite)\.ts)`/g),
    ];
    const missing = named.map(([, file = '']) => file).filter((file) => !names.has(file));
    expect(missing).toEqual([]);
  });

  test('what others’ users reported is held by tests whose titles begin so', () => {
    const sources = files
      .map((name) => readFileSync(join(TESTS, name), 'utf8').replace(/\(\s+/g, '('))
      .join('\n');
    const lastCells = [...read('reliability.md').matchAll(/^\| .+ \| (.+) \|$/gm)];
    const titles = lastCells.flatMap(([, cell = '']) =>
      [...cell.matchAll(/: "([^"]+)"/g)].map(([, title = '']) => title),
    );
    expect(titles.length).toBeGreaterThan(12);
    const begins = (title: string) =>
      ["'", '"', '`'].some((quote) => sources.includes(`(${quote}${title}`));
    expect(titles.filter((title) => !begins(title))).toEqual([]);
  });
});

describe('the README', () => {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');

  const isTold = (script: string) => new RegExp(`\`npm (?:run )?${script}[\` ]`).test(readme);

  test('has a line for every folder of the program', () => {
    const tops = ['core', 'client', 'server'].map((name) => `src/${name}`);
    const folders = tops.flatMap((top) =>
      readdirSync(join(PROJECT, top), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${top}/${name}`),
    );
    expect(folders.length).toBeGreaterThan(40);
    expect(folders.filter((folder) => !readme.includes(`](${folder})`))).toEqual([]);
  });

  test('has a line for every script', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(PROJECT, 'package.json'), 'utf8'),
    );
    // npm runs it by itself, before `start`.
    const told = Object.keys(scripts).filter((name) => name !== 'prestart');
    expect(told.filter((name) => !isTold(name))).toEqual([]);
  });
});
