import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { privacyPage, type PrivacyWords } from './privacy-page.ts';

/** The name of the style sheet among the build's inputs. */
const STYLE = 'privacy';

const SCRIPT = '/privacy-back.js';

/** @throws Error for a key that is not there; the file system's error or SyntaxError where the file cannot be read */
function wordsIn(language: Language): PrivacyWords {
  const file = new URL(`../../../locales/${language}/privacy.json`, import.meta.url);
  const words: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return (key) => {
    let found = words;
    for (const name of key.split('.'))
      found = (found as Record<string, unknown> | undefined)?.[name];
    if (typeof found !== 'string') throw new Error(`no words for ${key} in ${language}`);
    return found;
  };
}

function styleIn(bundle: Rolldown.OutputBundle): string {
  const style = Object.keys(bundle).find((name) => new RegExp(`/${STYLE}-[^/]*\\.css$`).test(name));
  if (style === undefined) throw new Error('the build has no style sheet for the privacy page');
  return `/${style}`;
}

/** Writes dist/privacy/<language>.html, made of the words in locales and of what is stored. */
export function privacyPages(): Plugin {
  return {
    name: 'privacy-pages',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = { style: styleIn(bundle), script: SCRIPT };
        for (const language of LANGUAGES)
          this.emitFile({
            type: 'asset',
            fileName: `${STYLE}/${language}.html`,
            source: privacyPage(language, wordsIn(language), files),
          });
      },
    },
  };
}
