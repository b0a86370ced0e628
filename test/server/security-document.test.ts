import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
const document = readFileSync(join(PROJECT, 'docs/security.md'), 'utf8');

/** `test/some/file.test.ts` “its title” */
const NAMED = /`(test\/[^`]+)` “([^”]+)”/g;

const named = [...document.matchAll(NAMED)].map(([, path = '', title = '']) => ({ path, title }));

/** Whether a file has a test of that title. */
function hasTest(path: string, title: string): boolean {
  const file = join(PROJECT, path);
  if (!existsSync(file)) return false;
  // Called as test(…) or test.each(…)(…), on the same line or the next.
  const source = readFileSync(file, 'utf8').replace(/\(\s+/g, '(');
  return ["'", '"', '`'].some((quote) => source.includes(`(${quote}${title}${quote},`));
}

/** The rows of the tables, cell by cell. */
const rows = document
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the document on security', () => {
  test('names tests that there are', () => {
    expect(named.length).toBeGreaterThan(60);
    const missing = named.filter(({ path, title }) => !hasTest(path, title));
    expect(missing).toEqual([]);
  });

  test('says of every item whether it is so, and names no item twice', () => {
    expect(rows.length).toBeGreaterThan(70);
    const unsaid = rows.filter(
      ([, , , what = '']) => !/^(yes|partly|\*\*no\*\*|operator|on purpose)/.test(what),
    );
    expect(unsaid).toEqual([]);
    const items = rows.flatMap(([, item = '']) => item.split(', '));
    const twice = items.filter((item, index) => items.indexOf(item) !== index);
    expect(twice).toEqual([]);
  });

  test('mentions no test in another way than it can be looked for', () => {
    const paths = [...document.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path);
    expect(paths).toHaveLength(named.length);
  });
});
