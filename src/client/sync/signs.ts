/**
 * Calls back when trying again may help: the browser says there is a network, or the page is looked at again. That it says
 * there is none is never asked: `navigator.onLine` is wrong too often to wait for it.
 */
export function listenForSigns(page: Window, callback: () => void): () => void {
  const { document } = page;
  const whenVisible = () => {
    if (document.visibilityState === 'visible') callback();
  };
  page.addEventListener('online', callback);
  page.addEventListener('pageshow', callback);
  document.addEventListener('visibilitychange', whenVisible);
  return () => {
    page.removeEventListener('online', callback);
    page.removeEventListener('pageshow', callback);
    document.removeEventListener('visibilitychange', whenVisible);
  };
}
