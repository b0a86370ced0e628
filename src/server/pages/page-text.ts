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
  /** Compressed when first asked for, and better behind whoever asks again: it is asked for often, then. */
  compressed(encoding: ContentEncoding): Promise<Uint8Array<ArrayBuffer>>;
}

async function brotli(html: string, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return new Uint8Array(await compressBrotli(html, { params }));
}

async function compress(html: string, encoding: ContentEncoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return new Uint8Array(await compressGzip(html));
  return brotli(html, BROTLI_QUALITY);
}

/** Fifty times the work of the quick one, so one page at a time, whatever is asked for. */
let isCompressingWell = false;

/** Null while another page is compressed. */
async function compressWell(html: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (isCompressingWell) return null;
  isCompressingWell = true;
  try {
    return await brotli(html, constants.BROTLI_MAX_QUALITY);
  } catch {
    return null;
  } finally {
    isCompressingWell = false;
  }
}

export function pageText(html: string): PageText {
  const done = new Map<ContentEncoding, Promise<Uint8Array<ArrayBuffer>>>();
  let best: Uint8Array<ArrayBuffer> | null = null;
  const improve = async () => {
    best ??= await compressWell(html);
  };
  return {
    html,
    etag: `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    compressed(encoding) {
      if (encoding === 'br' && best) return Promise.resolve(best);
      const known = done.get(encoding);
      if (known && encoding === 'br') void improve();
      const compressed = known ?? compress(html, encoding);
      done.set(encoding, compressed);
      return compressed;
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
