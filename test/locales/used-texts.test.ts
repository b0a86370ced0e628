import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTexts, withoutPlural } from '#locales/texts.ts';

/** What the sources say about keys: the literals in them, and templates with their open places as patterns. */
function literalsOf(folders: readonly string[]): { plain: Set<string>; patterns: RegExp[] } {
  const plain = new Set<string>();
  const patterns: RegExp[] = [];
  for (const path of globSync(folders.map((folder) => `src/${folder}/**/*.{ts,tsx}`))) {
    const source = readFileSync(path, 'utf8');
    for (const [, literal] of source.matchAll(/'([\w:.-]+)'/g)) plain.add(literal ?? '');
    // A template that begins with an open place could be any key and proves nothing.
    for (const [, template] of source.matchAll(/`([\w:.-]+\$\{[^`]*)`/g))
      patterns.push(
        new RegExp(
          `^${(template ?? '')
            .split(/\$\{[^}]*\}/)
            .map((part) => part.replace(/[.]/g, '\\.'))
            .join('[^.]+')}$`,
        ),
      );
  }
  return { plain, patterns };
}

/** `posters.steps` names all keys below it; a single word may be anything, so it names only itself. */
const ancestorsOf = (key: string) =>
  key
    .split('.')
    .map((_, index, parts) => parts.slice(0, index).join('.'))
    .filter((ancestor) => ancestor.includes('.'));

const APPS = [
  {
    file: 'survey.json',
    folders: ['client/survey', 'client/first-screen', 'client/ui', 'client/i18n'],
  },
  { file: 'privacy.json', folders: ['client/privacy', 'core/privacy'] },
  { file: 'kiosk.json', folders: ['client/kiosk'] },
  { file: 'admin.json', folders: ['client/admin', 'client/ui', 'client/i18n'] },
  { file: 'display.json', folders: ['client/display'] },
  { file: 'report.json', folders: ['core/report'] },
] as const;

describe.each(APPS)('the texts of $file', ({ file, folders }) => {
  const keys = [...new Set([...(readTexts('th').get(file)?.keys() ?? [])].map(withoutPlural))];
  const { plain, patterns } = literalsOf(folders);

  it('are all used', () => {
    const unused = keys.filter(
      (key) =>
        !plain.has(key) &&
        !ancestorsOf(key).some((ancestor) => plain.has(ancestor)) &&
        !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('are all there that the app asks for', () => {
    const asked = globSync(folders.map((folder) => `src/${folder}/**/*.{ts,tsx}`)).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? ''),
    );
    expect(asked.length).toBeGreaterThan(file === 'display.json' ? 10 : 20);
    expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
  });
});
