// The tablet's screen: all of it, and always on. Best effort: what a browser cannot or may not do is left.

/** Missing in Safari on an iPhone and on plain HTTP, whatever the types say. */
interface MayHaveWakeLock {
  wakeLock?: { request(type: 'screen'): Promise<unknown> };
}

const ignore = () => undefined;

/** To be called when somebody taps; browsers refuse it else. */
export function fillScreen(document: Document): void {
  const { documentElement: page } = document;
  if (document.fullscreenElement || !document.fullscreenEnabled) return;
  page.requestFullscreen({ navigationUI: 'hide' }).catch(ignore);
}

export function leaveFullScreen(document: Document): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(ignore);
}

/** Keeps the screen on, again each time the page is looked at: the browser lets go when it is not. */
export function keepAwake(page: Document, device: MayHaveWakeLock): void {
  const ask = () => {
    if (page.visibilityState === 'visible') device.wakeLock?.request('screen').catch(ignore);
  };
  page.addEventListener('visibilitychange', ask);
  ask();
}
