import type { PollingEffects } from '../overview/polling.ts';

/** The page's own clock, and whether anybody sees it. */
export const pageEffects: PollingEffects = {
  now: () => new Date(),
  isVisible: () => document.visibilityState === 'visible',
  onVisible(wake) {
    document.addEventListener('visibilitychange', wake);
    return () => document.removeEventListener('visibilitychange', wake);
  },
};
