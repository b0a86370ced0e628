/** Keeps the screen on while the page is on show, where the browser knows how; the lock ends whenever the page is hidden. */
export function keepAwake(): void {
  // Missing in Safari 14 and Firefox 78, whatever the types say.
  const lock: WakeLock | undefined = 'wakeLock' in navigator ? navigator.wakeLock : undefined;
  const ask = () => {
    if (document.visibilityState === 'visible') void lock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  // Some browsers want a touch first.
  document.addEventListener('click', ask);
  ask();
}
