import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import {
  build as buildPages,
  defineConfig,
  minifySync,
  parseSync,
  type Plugin,
  type UserConfig,
  Visitor,
} from 'vite';
import { serverViews } from './src/client/first-screen/build-plugin.ts';
import { privacyPages } from './src/client/privacy/build-plugin.ts';
import { constantTokens } from './src/client/ui/build-plugin.ts';
import { serviceWorker } from './src/worker/build-plugin.ts';

const TARGET = ['chrome87', 'safari14', 'firefox78'];

/**
 * The same for scripts. All that Chrome 91 has of the language beyond 87 is that it gets a spread before other arguments of an optional
 * call right (V8's issue 11558). For the sake of that each `?.` would be written out, half a kB of a first visit; no script has
 * such a call (below).
 */
const SCRIPT_TARGET = ['chrome91', 'safari14', 'firefox78'];

/** Safari on an iPhone wants prefixes that the one on a desk does without. */
const STYLE_TARGET = [...TARGET, 'ios14'];

/** They stand in public/ as they were written. */
const OLD_SCRIPTS = ['cannot-start.js', 'privacy-back.js'];

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

/** Writes .br and .gz beside each file that gains by it, so that the server never compresses while somebody waits. */
function precompress(): Plugin {
  let folder = '';
  let isWritten = false; // stays false where the build failed
  return {
    name: 'precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    writeBundle() {
      isWritten = true;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (!isWritten) return;
        for (const path of filesUnder(folder)) {
          if (!/\.(js|css|html|svg|json|webmanifest)$/.test(path) || statSync(path).size < 256)
            continue;
          const bytes = readFileSync(path);
          const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
          writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        }
      },
    },
  };
}

/**
 * Takes the comments and long names out of the scripts for old browsers. No more than that: written as tightly as can be, they would
 * have template literals for strings, which such a browser cannot read.
 */
function shortenOldScripts(): Plugin {
  return {
    name: 'shorten-old-scripts',
    apply: 'build',
    writeBundle({ dir = '' }) {
      for (const name of OLD_SCRIPTS) {
        const path = join(dir, name);
        const { code, errors } = minifySync(name, readFileSync(path, 'utf8'), {
          compress: false,
          codegen: { removeWhitespace: false },
        });
        if (errors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors)}`);
        writeFileSync(path, code);
      }
    },
  };
}

/** Whether a script calls `f?.(...a, b)`, which Chrome 87 gets wrong. */
function isMisread(name: string, code: string): boolean {
  let chains = 0;
  let isFound = false;
  new Visitor({
    ChainExpression: () => void (chains += 1),
    'ChainExpression:exit': () => void (chains -= 1),
    CallExpression({ arguments: given }) {
      const isSpreadEarly = given.slice(0, -1).some(({ type }) => type === 'SpreadElement');
      if (chains > 0 && isSpreadEarly) isFound = true;
    },
  }).visit(parseSync(name, code).program);
  return isFound;
}

/**
 * Refuses such a call instead of writing it out. Looks at what is written: the minifier makes one of `if (f != null) f(...a, b)`.
 * @see SCRIPT_TARGET
 */
function keepToOldChrome(): Plugin {
  return {
    name: 'keep-to-old-chrome',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && isMisread(file.fileName, file.code))
            this.error(`${file.fileName}: an optional call with a spread before other arguments`);
      },
    },
  };
}

/** What comes later has no style of its own: nothing has to be fetched before it, and the code for that is 0.7 kB on each phone. */
function fetchNothingBefore(): Plugin {
  return {
    name: 'fetch-nothing-before',
    enforce: 'pre',
    load: (id) => (id === PRELOAD_HELPER ? 'export const __vitePreload = (load) => load();' : null),
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && !file.isEntry && file.viteMetadata?.importedCss.size)
          this.error(`${file.fileName} comes later and has a style, which nothing would fetch`);
    },
  };
}

/** As vite calls it. */
const PRELOAD_HELPER = '\0vite/preload-helper.js';

/** One chunk per language of what the office's app shows of the words for respondents. */
function textChunk(id: string): string | null {
  const found = /\/locales\/(\w+)\/(?:problems|instruments\/[\w-]+)\.json$/.exec(id);
  return found ? `texts-${found[1]}` : null;
}

/** Modules that go into one file, named by their paths. */
type Group =
  | { name: (id: string) => string | null; debugName: string }
  | { name: string; test: RegExp };

/** A build of some pages, each with all that it needs. */
function buildOf(
  input: Record<string, string>,
  plugins: Plugin[],
  groups: readonly Group[] = [],
): UserConfig {
  return {
    root: 'src/client',
    publicDir: '../../public',
    // @noble/hashes calls it at once, and it is younger than the targets: without this nothing could be sent from them.
    define: { 'Object.hasOwn': 'Object.prototype.hasOwnProperty.call' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [...plugins, keepToOldChrome()],
    build: {
      outDir: '../../dist',
      emptyOutDir: true,
      manifest: true,
      target: SCRIPT_TARGET,
      cssTarget: STYLE_TARGET,
      // The content security policy allows neither inline scripts nor fonts in data: URLs.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input,
        // On a slow machine each start would tell an office's people how long plugins took.
        checks: { bundlerTimings: false },
        output: {
          codeSplitting: { groups: [...groups] },
        },
      },
    },
  };
}

/** A page as it is named in dist, and its entry. */
const pageIn = (name: string) => [name, `src/client/${name}.html`] as const;

/**
 * Pages that are built by themselves, beside the survey: what it had in common with them would else be cut out of its files, with
 * all that any of them needs of it, and every phone would fetch more files, and larger ones.
 */
function besides(
  name: string,
  pages: readonly string[],
  plugins: Plugin[] = [],
  groups: readonly Group[] = [],
): Plugin {
  let folder = '';
  let isWritten = false;
  return {
    name: `besides-${name}`,
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    writeBundle() {
      isWritten = true;
    },
    closeBundle: {
      sequential: true,
      async handler() {
        if (!isWritten) return;
        const config = buildOf(Object.fromEntries(pages.map(pageIn)), plugins, [
          ...groups,
          { name: 'base', test: EVERY_PAGES_FIRST },
          { name: 'sent', test: WITH_WHAT_SENDS },
        ]);
        await buildPages({
          ...config,
          configFile: false,
          logLevel: 'warn',
          build: {
            ...config.build,
            outDir: folder,
            emptyOutDir: false,
            copyPublicDir: false,
            manifest: `.vite/${name}-manifest.json`,
          },
        });
      },
    },
  };
}

/** What each of several pages begins with, in one file. The survey has it in its own: a file less until its first question. */
const EVERY_PAGES_FIRST =
  /\/node_modules\/@?preact\/|\/i18n\/(?:digits|translate|language-names)\.ts|\/choose-language\.ts|\/display\/window\.ts|\/contract\/(?:language|localized-name|staff-code|channel-code)\.ts|\/local\/random-id\.ts|\/ui\/(?:banner|button|arrival-heading|language-switch)\.tsx|vite\/preload-helper/;

/** The same of what comes with the code that sends. */
const WITH_WHAT_SENDS =
  /\/contract\/(?:problem|envelope-file)\.ts|\/outbox\/(?:retry-after|backoff)\.ts|\/survey\/save-file\.ts/;

/** What the survey's page may need one day, and is no part of a start without network: languages, and what only a flooded channel asks for. */
const NOT_AT_FIRST = /^assets\/(?:texts|digest|solve-work)-/;

export default defineConfig(
  buildOf(
    {
      survey: 'src/client/survey.html',
      privacy: 'src/client/privacy/privacy.css',
    },
    [
      constantTokens(),
      fetchNothingBefore(),
      privacyPages(),
      shortenOldScripts(),
      // Both before the compression, which must see their output.
      serviceWorker(
        { app: 'survey', file: 'worker.js', plainPages: 'privacy/*.html', later: NOT_AT_FIRST },
        TARGET,
      ),
      besides(
        'kiosk',
        ['kiosk'],
        [serviceWorker({ app: 'kiosk', file: 'kiosk-worker.js' }, TARGET)],
      ),
      besides('admin', ['admin', 'display'], [], [{ name: textChunk, debugName: 'texts' }]),
      serverViews(),
      precompress(),
    ],
  ),
);
