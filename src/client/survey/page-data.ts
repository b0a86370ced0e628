import type { PageData } from '#core/contract/page-data.ts';

/** What the server wrote into this page; null where it is the service worker's page for any channel. */
export function readPageData(document: Document): PageData | null {
  const written = document.getElementById('page-data')?.textContent;
  return written ? (JSON.parse(written) as PageData) : null;
}
