import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const TOKENS = fileURLToPath(new URL('tokens.css', import.meta.url));

/** The names in a style sheet that are given a value once, so the same in every language and every light; with the value. */
function constantsIn(css: string): Map<string, string> {
  const found = new Map<string, string>();
  const again = new Set<string>();
  for (const [, name = '', value = ''] of css.matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
    if (found.has(name)) again.add(name);
    found.set(name, value);
  }
  for (const name of again) found.delete(name);
  return found;
}

/** Writes the values of tokens.css that never change where their names stand: a browser looks each name up at every element. */
export function constantTokens(): Plugin {
  const constants = constantsIn(readFileSync(TOKENS, 'utf8'));
  return {
    name: 'constant-tokens',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\.css$/ },
      handler(css, id) {
        const left =
          id === TOKENS
            ? css.replace(/(--[\w-]+):[^;]+;/g, (whole, name: string) =>
                constants.has(name) ? '' : whole,
              )
            : css;
        return left.replace(
          /var\((--[\w-]+)\)/g,
          (whole, name: string) => constants.get(name) ?? whole,
        );
      },
    },
  };
}
