import type { PageData } from '#core/contract/page-data.ts';

/** What the server wrote into this page; null where the page comes from the service worker's cache. */
export function readPageData(document: Document): PageData | null {
  const written = document.getElementById('page-data')?.textContent;
  return written ? (JSON.parse(written) as PageData) : null;
}
