// Reads the texts as the review sheet and the checks see them: flat, file by file, key by key.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const LOCALES = import.meta.dirname;

/** Texts of one language: file name relative to the language's folder -> key with dots -> text. */
export type Texts = Map<string, Map<string, string>>;

function flatten(value: unknown, prefix: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') return into.set(prefix, value);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${prefix} is neither a text nor a group of texts`);
  for (const [key, member] of Object.entries(value))
    flatten(member, prefix === '' ? key : `${prefix}.${key}`, into);
  return into;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return name.endsWith('.json') ? [path] : [];
  });
}

/** All texts of a language. Throws where a file is not JSON or holds anything but texts. */
export function readTexts(language: string): Texts {
  const folder = join(LOCALES, language);
  return new Map(
    filesBelow(folder)
      .toSorted()
      .map((path) => [
        relative(folder, path),
        flatten(JSON.parse(readFileSync(path, 'utf8')), '', new Map()),
      ]),
  );
}

/** The key without the suffix that i18next adds for a plural form; only English has more than one. */
export function withoutPlural(key: string): string {
  return key.replace(/_(one|other)$/, '');
}
