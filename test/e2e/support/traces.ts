/** All that the page's storages hold, but for cached files: what the next person on the device could dig up. */
export interface Traces {
  sessionStorage: Record<string, string>;
  localStorage: Record<string, string>;
  /** Rows by `database/store`. */
  rows: Record<string, unknown[]>;
  historyState: unknown;
  /** Texts of everything in Cache Storage that is not a file of the build. */
  cached: string[];
  address: string;
}

/** A page in which a function can be run: Playwright's, or WebKit's. */
export interface PageReader {
  evaluate<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** Reads what the page leaves on the device. */
export async function readTraces(page: PageReader): Promise<Traces> {
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
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        if (new URL(request.url).pathname.startsWith('/api/'))
          cached.push(await ((await cache.match(request))?.text() ?? ''));
    }
    return {
      sessionStorage: Object.fromEntries(Object.entries(sessionStorage)),
      localStorage: Object.fromEntries(Object.entries(localStorage)),
      rows,
      historyState: history.state,
      cached,
      address: location.href,
    };
  });
}
