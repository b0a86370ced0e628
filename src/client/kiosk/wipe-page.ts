/** Takes off the page what a browser keeps of whoever was at it: the tab's storage, selection, focus and scroll. */
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
}
