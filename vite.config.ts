import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { privacyPages } from './src/client/privacy/build-plugin.ts';
import { serviceWorker } from './src/worker/build-plugin.ts';

const TARGET = ['chrome87', 'safari14', 'firefox78'];

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

/** One chunk per language for all that a respondent may read, so that a change of language is one request. */
function textChunk(id: string): string | null {
  const found = /\/locales\/(\w+)\/(?:survey|problems|instruments\/[\w-]+)\.json$/.exec(id);
  return found ? `texts-${found[1]}` : null;
}

export default defineConfig({
  root: 'src/client',
  resolve: {
    alias: {
      // Its build for browsers that know async functions; the one that the package leads to carries a copy of them.
      dexie: 'dexie/dist/modern/dexie.mjs',
      // The seal's library asks Node for it where there is no WebCrypto.
      crypto: resolve('src/client/seal/web-crypto.ts'),
    },
  },
  publicDir: '../../public',
  // @noble/hashes calls it at once, and it is younger than the targets: without this nothing could be sent from them.
  define: { 'Object.hasOwn': 'Object.prototype.hasOwnProperty.call' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    privacyPages(),
    // Before the compression, which must see its output.
    serviceWorker(TARGET),
    precompress(),
  ],
  build: {
    outDir: '../../dist',
    emptyOutDir: true,
    manifest: true,
    target: TARGET,
    cssTarget: TARGET,
    // The content security policy allows neither inline scripts nor fonts in data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        survey: 'src/client/survey.html',
        admin: 'src/client/admin.html',
        privacy: 'src/client/privacy/privacy.css',
        display: 'src/client/display.html',
      },
      output: { codeSplitting: { groups: [{ name: textChunk, debugName: 'texts' }] } },
    },
  },
});
