/**
 * Calls back when trying again may help: the browser says there is a network, the page is looked at again, or it is left,
 * which may be its last chance on a phone; or the service worker woke it (Background Sync). That the browser says there is
 * no network is never asked: `navigator.onLine` is wrong too often to wait for it.
 */
export function listenForSigns(page: Window, callback: () => void): () => void {
  const { document } = page;
  // Missing on plain HTTP, whatever the types say.
  const worker: ServiceWorkerContainer | undefined = page.navigator.serviceWorker;
  const whenWoken = ({ data }: MessageEvent<unknown>) => {
    if (data === 'wake') callback();
  };
  page.addEventListener('online', callback);
  page.addEventListener('pageshow', callback);
  document.addEventListener('visibilitychange', callback);
  worker?.addEventListener('message', whenWoken);
  return () => {
    page.removeEventListener('online', callback);
    page.removeEventListener('pageshow', callback);
    document.removeEventListener('visibilitychange', callback);
    worker?.removeEventListener('message', whenWoken);
  };
}
