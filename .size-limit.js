// The survey's budgets, from the build's own manifest: what a phone needs before the first question, and all of it.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** The files that a chunk brings along: its own, its styles', and those of the chunks it imports. */
function filesOf(name, follow, found = new Set()) {
  const { file, css = [], imports = [], dynamicImports = [] } = manifest[name];
  if (found.has(file)) return found;
  for (const each of [file, ...css]) found.add(each);
  for (const next of follow === 'all' ? [...imports, ...dynamicImports] : imports)
    filesOf(next, follow, found);
  return found;
}

const inDist = (files) => files.map((file) => `dist/${file}`);
const isScript = (file) => file.endsWith('.js');
const isText = (file) => /\/texts-\w+-/.test(file);
const isThai = (file) => /\/texts-th-/.test(file);

const critical = [...filesOf('survey.html', 'static')];
const all = [...filesOf('survey.html', 'all')];

export default [
  {
    name: 'survey: JavaScript before the first question',
    path: inDist([...critical.filter(isScript), 'cannot-start.js']),
    limit: '25 KB',
    brotli: true,
  },
  {
    name: 'survey: everything, with the texts of one language',
    path: inDist([
      ...all.filter((file) => !isText(file) || isThai(file)),
      'cannot-start.js',
      'survey.html',
    ]),
    limit: '90 KB',
    brotli: true,
  },
  {
    name: 'texts of the largest language (Burmese)',
    path: inDist(all.filter((file) => /\/texts-my-/.test(file))),
    limit: '12 KB',
    brotli: true,
  },
];
