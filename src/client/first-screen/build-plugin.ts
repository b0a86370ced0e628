import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Under a hidden name: the server never sends it to anybody. */
const FOLDER = '.render';

/** Writes dist/.render/server-views.mjs, by which the server renders the first screen and the plain form. */
export function serverViews(): Plugin {
  let outDir = '';
  let isWritten = false; // stays false where the build failed
  return {
    name: 'server-views',
    apply: 'build',
    configResolved({ root, build: { outDir: folder } }) {
      outDir = resolve(root, folder, FOLDER);
    },
    writeBundle() {
      isWritten = true;
    },
    closeBundle: {
      sequential: true,
      async handler() {
        if (!isWritten) return;
        await build({
          configFile: false,
          logLevel: 'warn',
          root: at('..'),
          resolve: {
            alias: {
              'preact/hooks': at('once-hooks.ts'),
              // Nothing changes while it is rendered, so that nothing has to follow.
              '@preact/signals': '@preact/signals-core',
            },
          },
          oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
          ssr: { noExternal: true },
          build: {
            ssr: at('server-views.ts'),
            outDir,
            emptyOutDir: true,
            copyPublicDir: false,
            // What is fetched later is not part of a first screen.
            rolldownOptions: {
              external: /\/sending\.ts$/,
              output: { entryFileNames: 'server-views.mjs' },
            },
          },
        });
      },
    },
  };
}
