import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import type { BuildFile } from './precache.ts';
import { filesNamedIn, filesReachedFrom } from './precached-files.ts';
import type { AppName } from './routes.ts';

/** The worker of an app that has to work without network: `file` is what the build calls it. */
interface AppWorker {
  app: AppName;
  file: string;
  /** Pattern of pages that stand by themselves, with what their HTML names. */
  plainPages?: string;
  /** What a first visit does without, beside those pages: a pattern of paths in the build. */
  later?: RegExp;
}

const pageOf = (app: AppName) => `${app}.html`;

/** The worker as one classic script: Firefox 78 and Safari 14 know no module workers. */
async function bundleWorker(app: AppName, folder: string, target: string[]): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'self.APP': JSON.stringify(app) },
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

function listed(path: string, bytes: Uint8Array, isLater: boolean): BuildFile {
  const digest = createHash('sha256').update(bytes).digest();
  return {
    // By it the worker knows the very bytes of this build, whatever the server or something on the way answers.
    integrity: `sha256-${digest.toString('base64')}`,
    // Names of assets hold a hash of their content.
    revision: path.startsWith('assets/') ? null : digest.toString('hex').slice(0, 8),
    url: `/${path}`,
    ...(isLater && { later: true }),
  };
}

/** What stands in the worker's script for the list of files. */
const PLACE_FOR_FILES = 'self.PRECACHED_FILES';

async function writeWorker(
  { app, file, plainPages, later }: AppWorker,
  outDir: string,
  reached: readonly string[],
  target: string[],
): Promise<void> {
  const plain = plainPages === undefined ? [] : globSync(plainPages, { cwd: outDir });
  const namedIn = (page: string) => filesNamedIn(readFileSync(join(outDir, page), 'utf8'));
  const own = new Set([pageOf(app), ...reached, ...namedIn(pageOf(app))]);
  const isLater = (path: string) => !own.has(path) || later?.test(path) === true;
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-worker-'));
  try {
    const script = readFileSync(await bundleWorker(app, folder, target), 'utf8');
    if (script.split(PLACE_FOR_FILES).length !== 2)
      throw new Error(`${file}: no place for its files`);
    const paths = new Set([...own, ...plain, ...plain.flatMap(namedIn)]);
    const files = [...paths]
      .sort()
      .map((path) => listed(path, readFileSync(join(outDir, path)), isLater(path)));
    writeFileSync(
      join(outDir, file),
      script.replace(PLACE_FOR_FILES, () => JSON.stringify(files)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes an app's service worker after the build, with the list of all files that the app's page can reach. */
export function serviceWorker(worker: AppWorker, target: string[]): Plugin {
  let outDir = '';
  let reached: string[] | null = null;
  return {
    name: `service-worker-of-${worker.app}`,
    apply: 'build',
    configResolved({ root, build: { outDir: folder } }) {
      outDir = resolve(root, folder);
    },
    writeBundle(_: unknown, bundle: Rolldown.OutputBundle) {
      reached = filesReachedFrom(pageOf(worker.app), Object.values(bundle));
    },
    closeBundle: {
      sequential: true,
      async handler() {
        // A build that failed, or only transforms, has written nothing.
        if (reached !== null) await writeWorker(worker, outDir, reached, target);
      },
    },
  };
}
