/**
 * Takes back what somebody magnified with two fingers: Chromium shows a page as it began as soon as the scale that it begins with
 * changes, and also where that is what it was before.
 */
function showWhole(page: Document): void {
  const viewport = page.querySelector<HTMLMetaElement>('meta[name="viewport"]');
  if (!viewport) return;
  const { content } = viewport;
  viewport.content = content.replace('initial-scale=1', 'initial-scale=1.01');
  viewport.content = content;
}

/** Takes off the page what a browser keeps of whoever was at it: the tab's storage, selection, focus, scroll and zoom. */
export function wipePage(page: Window): void {
  try {
    page.sessionStorage.clear();
  } catch {
    // Forbidden: then there is nothing in it.
  }
  page.getSelection()?.removeAllRanges();
  const { activeElement } = page.document;
  if (activeElement instanceof HTMLElement) activeElement.blur();
  page.scrollTo(0, 0);
  showWhole(page.document);
}
