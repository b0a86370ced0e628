import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { injectManifest } from 'workbox-build';
import { filesNamedIn, filesReachedFrom } from './precached-files.ts';

const PAGE = 'survey.html';

/** Pages that stand by themselves, with what their HTML names. */
const PLAIN_PAGES = 'privacy/*.html';

/** The worker as one classic script: Firefox 78 and Safari 14 know no module workers. */
async function bundleWorker(folder: string, target: string[]): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: folder,
      target,
      emptyOutDir: true,
      copyPublicDir: false,
      lib: {
        entry: fileURLToPath(new URL('main.ts', import.meta.url)),
        formats: ['iife'],
        name: 'worker',
        fileName: () => 'worker.js',
      },
    },
  });
  return join(folder, 'worker.js');
}

/** By it the worker knows the very bytes of this build, whatever the server or something on the way answers. */
const integrityOf = (bytes: Uint8Array) =>
  `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** Writes dist/worker.js after the build: the service worker with the list of all files that the survey can reach. */
export function serviceWorker(target: string[]): Plugin {
  let outDir = '';
  let reached: string[] | null = null;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved({ root, build: { outDir: folder } }) {
      outDir = resolve(root, folder);
    },
    writeBundle(_: unknown, bundle: Rolldown.OutputBundle) {
      reached = filesReachedFrom(PAGE, Object.values(bundle));
    },
    closeBundle: {
      sequential: true,
      async handler() {
        // A build that failed, or only transforms, has written nothing.
        if (reached === null) return;
        const pages = [PAGE, ...globSync(PLAIN_PAGES, { cwd: outDir })];
        const named = pages.flatMap((page) =>
          filesNamedIn(readFileSync(join(outDir, page), 'utf8')),
        );
        const folder = mkdtempSync(join(tmpdir(), 'sucharit-worker-'));
        try {
          const { warnings } = await injectManifest({
            swSrc: await bundleWorker(folder, target),
            swDest: join(outDir, 'worker.js'),
            injectionPoint: 'self.PRECACHED_FILES',
            globDirectory: outDir,
            globPatterns: [...new Set([...pages, ...reached, ...named])],
            // Their names hold a hash of their content.
            dontCacheBustURLsMatching: /^\/assets\//,
            modifyURLPrefix: { '': '/' },
            manifestTransforms: [
              (entries) => ({
                manifest: entries.map((entry) => ({
                  ...entry,
                  integrity: integrityOf(readFileSync(join(outDir, entry.url))),
                })),
              }),
            ],
          });
          if (warnings.length > 0) throw new Error(warnings.join('\n'));
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
    },
  };
}
