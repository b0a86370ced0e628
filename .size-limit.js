// Budgets, from the build's own manifests. The survey's: what a phone needs before the first question, and all of it. The
// kiosk's: all that a counter's tablet keeps, in four languages.
import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(`dist/.vite/${name}`, 'utf8'));
const manifest = read('manifest.json');
const kioskManifest = read('kiosk-manifest.json');

/** The files that a chunk brings along: its own, its styles', and those of the chunks it imports. */
function filesOf(name, follow, chunks = manifest, found = new Set()) {
  const { file, css = [], imports = [], dynamicImports = [] } = chunks[name];
  if (found.has(file)) return found;
  for (const each of [file, ...css]) found.add(each);
  for (const next of follow === 'all' ? [...imports, ...dynamicImports] : imports)
    filesOf(next, follow, chunks, found);
  return found;
}

const inDist = (files) => files.map((file) => `dist/${file}`);
const isScript = (file) => file.endsWith('.js');
const isText = (file) => /\/texts-\w+-/.test(file);
const isThai = (file) => /\/texts-th-/.test(file);

/** What the worker fetches behind the page, where the page has not fetched it already; `later`: not before the second visit. */
const [list] = /\[\{"integrity":.*?\}\]/.exec(readFileSync('dist/worker.js', 'utf8'));
const precached = JSON.parse(list).map(({ url, later }) => ({ path: url.slice(1), later }));
const pathsOf = (files) => files.map(({ path }) => path);
/** Stands in the page, which hands it over. */
const isInPage = (path) => /^assets\/survey-.*\.css$/.test(path);

const critical = [...filesOf('survey.html', 'static')];
const all = [...filesOf('survey.html', 'all')];

export default [
  {
    name: 'survey: JavaScript before the first question',
    path: inDist([...critical.filter(isScript), 'cannot-start.js']),
    limit: '23.25 KB',
    brotli: true,
  },
  {
    name: 'survey: everything, with the texts of one language',
    path: inDist([
      ...all.filter((file) => !isText(file) || isThai(file)),
      'cannot-start.js',
      'survey.html',
    ]),
    limit: '55 KB',
    brotli: true,
  },
  {
    name: 'survey: all that a first visit fetches, beside its page (the journey of the first visit counts that too)',
    path: inDist([
      ...pathsOf(precached.filter(({ path, later }) => !later && !isInPage(path))),
      'icons/icon.svg',
      'worker.js',
    ]),
    limit: '45.5 KB',
    brotli: true,
  },
  {
    name: 'survey: what a second visit fetches',
    path: inDist(pathsOf(precached.filter(({ later }) => later))),
    limit: '43 KB',
    brotli: true,
  },
  {
    name: 'kiosk: everything, with the texts of four languages',
    path: inDist([...filesOf('kiosk.html', 'all', kioskManifest), 'cannot-start.js', 'kiosk.html']),
    limit: '86 KB',
    brotli: true,
  },
  ...['th', 'en', 'zh', 'my'].map((language) => ({
    name: `texts of one language (${language})`,
    path: inDist(all.filter((file) => file.includes(`/texts-${language}-`))),
    limit: '7 KB',
    brotli: true,
  })),
];
