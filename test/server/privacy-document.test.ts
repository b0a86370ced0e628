import { expect, test } from 'vitest';
import { STORED_TABLES } from '#core/privacy/stored.ts';
import { readDocument, withTables } from '../privacy/document.ts';

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
  const stored = Object.fromEntries(
    Object.entries(STORED_TABLES).map(([table, { columns }]) => [table, columns.toSorted()]),
  );
  expect(documentedColumns(readDocument())).toEqual(stored);
});

test('what it says of the people who answer is what the page in the app says: `npm run privacy` writes it', () => {
  expect(readDocument()).toBe(withTables(readDocument()));
});
