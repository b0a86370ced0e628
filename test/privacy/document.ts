// The tables of docs/privacy.md about the people who answer, made of the same lists and words as the page that they can read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESPONSE_PARTS, STORED_TABLES } from '#core/privacy/stored.ts';
import { readTexts } from '#locales/texts.ts';

export const DOCUMENT = join(import.meta.dirname, '../../docs/privacy.md');

export const readDocument = (): string => readFileSync(DOCUMENT, 'utf8');

const words = readTexts('en').get('privacy.json');

function wordsFor(key: string): string {
  const found = words?.get(key);
  if (found === undefined) throw new Error(`locales/en/privacy.json has no ${key}`);
  return found;
}

function explained(kind: string, column: string): string {
  const text = wordsFor(`stored.${kind}.columns.${column}`);
  if (column !== 'body') return text;
  return `${text}: ${RESPONSE_PARTS.map((part) => wordsFor(`parts.${part}`)).join('; ')}`;
}

function asTable(rows: readonly (readonly [string, string])[]): string {
  const [first, second] = [0, 1].map((place) =>
    Math.max(...rows.map((row) => (row[place] ?? '').length)),
  );
  const line = ([left, right]: readonly [string, string]) =>
    `| ${left.padEnd(first ?? 0)} | ${right.padEnd(second ?? 0)} |`;
  const rule = `| ${'-'.repeat(first ?? 0)} | ${'-'.repeat(second ?? 0)} |`;
  const [head, ...rest] = rows.map(line);
  return [head, rule, ...rest].join('\n');
}

/** The document with the tables of respondents' data as they have to be; all else stays as it is. */
export function withTables(document: string): string {
  return document.replace(
    /(^### (\w+)(?:, \w+)*\n\n(?:(?!#|\|).*\n)*)((?:\|.*\n)+)/gm,
    (section, head: string, name: string) => {
      const table = STORED_TABLES[name];
      if (table?.about !== 'respondents') return section;
      const rows = table.columns.map((column): [string, string] => [
        `\`${column}\``,
        explained(table.words, column),
      ]);
      return `${head}${asTable([['column', 'what it holds'], ...rows])}\n`;
    },
  );
}
