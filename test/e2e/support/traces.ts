import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { readTexts } from '../../../locales/texts.ts';

/** All that the page's storages hold: what the next person on the device could dig up. */
export interface Traces {
  sessionStorage: Record<string, string>;
  localStorage: Record<string, string>;
  rows: Rows;
  historyState: unknown;
  /** Everything in Cache Storage, the files of the build too: texts by `cache /path?query`. */
  cached: Record<string, string>;
  address: string;
}

/** Rows of IndexedDB by `database/store`. */
export type Rows = Record<string, unknown[]>;

/** A page in which a function can be run: Playwright's, or WebKit's. */
export interface PageReader {
  evaluate<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** Reads what the page leaves in its databases. */
export async function readRows(page: PageReader): Promise<Rows> {
  return page.evaluate(async () => {
    const failed = new Error('the storage of the page could not be read');
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(failed));
      });
    const rows: Record<string, unknown[]> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        rows[`${name}/${store}`] = await settled(
          database.transaction(store).objectStore(store).getAll(),
        );
      database.close();
    }
    return rows;
  });
}

/** Reads what the page leaves on the device. */
export async function readTraces(page: PageReader): Promise<Traces> {
  const rows = await readRows(page);
  const others = await page.evaluate(async () => {
    const cached: Record<string, string> = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        cached[`${name} ${pathname}${search}`] = (await (await cache.match(request))?.text()) ?? '';
      }
    }
    return {
      sessionStorage: Object.fromEntries(Object.entries(sessionStorage)),
      localStorage: Object.fromEntries(Object.entries(localStorage)),
      historyState: history.state as unknown,
      cached,
      address: location.href,
    };
  });
  return { rows, ...others };
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsIn)
    : [String(value)];

const wordsOf = (language: string) =>
  new Set([...readTexts(language).values()].flatMap((texts) => [...texts.values()]));

async function isGivenToAnybody(server: string, address: string, text: string): Promise<boolean> {
  const [cache, path = ''] = address.split(' ');
  const { pathname, searchParams } = new URL(path, server);
  if (cache === 'words-v1') {
    const language = LANGUAGES.find((known): known is Language => pathname.split('/')[2] === known);
    const words = wordsOf(language ?? '');
    return textsIn(JSON.parse(text)).every((one) => words.has(one));
  }
  const headers = { 'accept-language': searchParams.get('languages') ?? 'th' };
  const reply = await fetch(server + pathname, { headers });
  // The style that stands in the page is its file without the last line end.
  return reply.ok && (await reply.text()).trimEnd() === text.trimEnd();
}

/**
 * What of Cache Storage the server does not give everybody who asks, or the words of a language have not: it would be this person's
 * alone. Addresses as in `cached`.
 */
export async function ofOnePerson(cached: Traces['cached'], server: string): Promise<string[]> {
  const own: string[] = [];
  for (const [address, text] of Object.entries(cached))
    if (!(await isGivenToAnybody(server, address, text))) own.push(address);
  return own;
}
