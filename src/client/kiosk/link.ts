/**
 * The token of the link that the page was opened by, which stands behind the #; null if there is none. It is out of the
 * address, and so out of the browser's history, at once.
 */
export function takeLink({
  location,
  history,
}: Pick<Window, 'location' | 'history'>): string | null {
  const token = location.hash.slice(1);
  if (token === '') return null;
  history.replaceState(history.state, '', location.pathname);
  return token;
}
