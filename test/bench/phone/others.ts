// The same questionnaire by others: as a plain HTML form, which is the floor, and in SurveyJS with its Preact renderer.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import type { Channel } from '#core/contract/channel.ts';
import { readTexts } from '#locales/texts.ts';

interface AskedItem {
  code: string;
  title: string;
  choices: { value: number; text: string }[];
}

/** Where others are served, compressed beforehand as ours is. */
export interface Others {
  /** A page of another site than all the rest, as a tab may show before somebody comes. */
  before: string;
  plainForm: string;
  peer: string;
  close(): void;
}

function itemsOf({ instrument: { id, items, scales } }: Channel): AskedItem[] {
  const texts = readTexts('th').get(`instruments/${id}.json`);
  const words = (key: string) => texts?.get(key) ?? '';
  return items.map(({ code, scale }) => ({
    code,
    title: words(`items.${code}.full`),
    choices: (scales[scale]?.points ?? []).map((_, index) => ({
      value: index + 1,
      text: words(`scales.${scale}.${index + 1}`),
    })),
  }));
}

const pageOf = (head: string, body: string) =>
  `<!doctype html><html lang="th"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Form</title>${head}<body>${body}</body></html>`;

function plainForm(items: readonly AskedItem[]): string {
  const questions = items.map(({ code, title, choices }) => {
    const options = choices.map(
      ({ value, text }) =>
        `<p><label><input type="radio" name="${code}" value="${value}"> ${text}</label></p>`,
    );
    return `<fieldset><legend>${title}</legend>${options.join('')}</fieldset>`;
  });
  return pageOf('', `<form method="post">${questions.join('')}<button>Send</button></form>`);
}

/** Its own minified files, as its documentation says to include them; one question on each page, as ours. */
const PEER_FILES = {
  '/core.js': 'survey-core/survey.core.min.js',
  '/ui.js': 'survey-js-ui/survey-js-ui.min.js',
  '/core.css': 'survey-core/survey-core.fontless.min.css',
};
const PACKAGES = new URL('../../../node_modules/', import.meta.url);

function peerPage(): string {
  const scripts = ['/core.js', '/ui.js', '/start.js'].map(
    (path) => `<script defer src="${path}"></script>`,
  );
  return pageOf(
    `<link rel="stylesheet" href="/core.css">${scripts.join('')}`,
    '<div id="survey"></div>',
  );
}

function peerStart(items: readonly AskedItem[]): string {
  const definition = {
    questionsOnPageMode: 'questionPerPage',
    autoAdvanceEnabled: true,
    elements: items.map(({ code, title, choices }) => ({
      type: 'radiogroup',
      name: code,
      title,
      choices,
    })),
  };
  return `SurveyUI.renderSurvey(new Survey.Model(${JSON.stringify(definition)}),document.getElementById('survey'))`;
}

const typeOf = (path: string) =>
  ({ js: 'text/javascript', css: 'text/css' })[path.split('.')[1] ?? ''] ?? 'text/html';

export async function serveOthers(channel: Channel): Promise<Others> {
  const items = itemsOf(channel);
  const files = new Map([
    ['/before', pageOf('', '<p>Another site</p>')],
    ['/form', plainForm(items)],
    ['/peer', peerPage()],
    ['/start.js', peerStart(items)],
    ...Object.entries(PEER_FILES).map(
      ([path, file]) => [path, readFileSync(new URL(file, PACKAGES), 'utf8')] as const,
    ),
  ]);
  const compressed = new Map([...files].map(([path, text]) => [path, brotliCompressSync(text)]));
  const server = createServer(({ url = '' }, reply) => {
    const bytes = compressed.get(url);
    const isPage = !url.includes('.');
    reply
      .writeHead(bytes ? 200 : 404, {
        'content-type': `${typeOf(url)}; charset=utf-8`,
        'content-encoding': 'br',
        'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
      })
      .end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const origin = `http://localhost:${address.port}`;
  return {
    before: `http://127.0.0.1:${address.port}/before`,
    plainForm: `${origin}/form`,
    peer: `${origin}/peer`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
