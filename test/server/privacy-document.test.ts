import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALLOWED_COLUMNS } from './storage/allowed-columns.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/privacy.md');

/** The columns that the document explains, by table; a heading may name several tables. */
function documentedColumns(markdown: string): Record<string, string[]> {
  const sections = markdown.split(/^#+ /m).filter((section) => /^\| column +\|/m.test(section));
  return Object.fromEntries(
    sections.flatMap((section) => {
      const [heading = ''] = section.split('\n');
      const columns = [...section.matchAll(/^\| `(\w+)` +\| \S/gm)].map(
        ([, column = '']) => column,
      );
      return heading.split(', ').map((table) => [table, columns.toSorted()]);
    }),
  );
}

test('docs/privacy.md explains every column that a database has, and no other', () => {
  const allowed = Object.fromEntries(
    Object.entries(ALLOWED_COLUMNS).map(([table, columns]) => [table, columns.toSorted()]),
  );
  expect(documentedColumns(readFileSync(DOCUMENT, 'utf8'))).toEqual(allowed);
});
