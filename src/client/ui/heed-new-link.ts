/**
 * Another link that is opened in the same tab differs in what is behind the # alone, and the browser loads nothing for it: the page is
 * loaded anew, so that it opens it.
 */
export function heedNewLink(page: Window): void {
  page.addEventListener('hashchange', () => {
    if (page.location.hash !== '') page.location.reload();
  });
}
