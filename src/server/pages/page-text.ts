import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ContentEncoding } from './encoding.ts';

/** Quick enough to do while somebody waits, and within a tenth of the best. */
const BROTLI_QUALITY = 5;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** A page as it is sent. */
export interface PageText {
  html: string;
  /** Weak: the same for every encoding. */
  etag: string;
  /** Compressed when first asked for. */
  compressed(encoding: ContentEncoding): Promise<Uint8Array<ArrayBuffer>>;
}

async function compress(html: string, encoding: ContentEncoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return new Uint8Array(await compressGzip(html));
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  return new Uint8Array(await compressBrotli(html, { params }));
}

export function pageText(html: string): PageText {
  const done = new Map<ContentEncoding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    html,
    etag: `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    compressed(encoding) {
      const known = done.get(encoding) ?? compress(html, encoding);
      done.set(encoding, known);
      return known;
    },
  };
}

/** So many rendered pages are kept, about 100 KB each. */
const MOST_PAGES = 200;

/**
 * Keeps the pages that were made last. The key has in it all that the page is made of, so that a page whose channel changed is
 * simply another one.
 */
export function createKeptPages(): (key: string, make: () => string) => PageText {
  const kept = new Map<string, PageText>();
  return function keptPage(key, make) {
    const page = kept.get(key) ?? pageText(make());
    kept.delete(key);
    kept.set(key, page);
    const oldest = kept.keys().next();
    if (kept.size > MOST_PAGES && !oldest.done) kept.delete(oldest.value);
    return page;
  };
}
