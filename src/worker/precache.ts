/** A file of the build, as the build lists it. `revision`: null where its name holds a hash of its content. */
export interface BuildFile {
  url: string;
  revision: string | null;
  /** By it the browser takes the very bytes of this build and no others. */
  integrity: string;
  /** True where a first visit does without it. */
  later?: true;
}

/** A file of the build on the device. */
export interface KeptFile {
  /** Whole, as the page asks for it. */
  address: string;
  /** What it lies under in the cache: another one for each content, so that two versions lie side by side. */
  key: string;
  integrity: string;
}

/** The files of this build on the device. The cache is shared with the version before and the one after. */
export interface Precache {
  readonly cacheName: string;
  readonly files: readonly KeptFile[];
  /** The file of this build with a path or whole address; none where it has none there. */
  find(address: string): KeptFile | undefined;
  /** The same, from the device; none where it is not there, or not any more. */
  match(address: string): Promise<Response | undefined>;
}

/** As workbox called it, which did this before: devices have their files there. @see client/survey/hand-over-style.ts */
export const precacheName = (scope: string) => `workbox-precache-v2-${scope}`;

function wholeAddress(path: string): string {
  const url = new URL(path, location.href);
  url.hash = '';
  return url.href;
}

export function createPrecache(
  built: readonly BuildFile[],
  cacheName: string,
  storage: CacheStorage,
): Precache {
  const files = built.map(({ url, revision, integrity }) => {
    const address = wholeAddress(url);
    const key = revision === null ? address : `${address}?__WB_REVISION__=${revision}`;
    return { address, key, integrity };
  });
  const byAddress = new Map(files.map((file) => [file.address, file]));
  const find = (address: string) => byAddress.get(wholeAddress(address));
  return {
    cacheName,
    files,
    find,
    async match(address) {
      const file = find(address);
      return file && storage.match(file.key, { cacheName }).catch(() => undefined);
    },
  };
}
