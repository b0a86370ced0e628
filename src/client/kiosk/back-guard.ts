/** So often Back may be pressed with no tap in between. */
const ENTRIES = 10;

interface Guard {
  kiosk?: number;
}

/** Keeps the browser's Back from leaving the page, and tells of it instead. The entries hold nothing of anybody. */
export interface BackGuard {
  /**
   * To be called at every tap, which makes what entries there are too few: Chromium passes over those from which a page went on with
   * nobody touching it.
   */
  arm(): void;
}

type GuardedWindow = Pick<Window, 'history' | 'addEventListener'>;

export function guardBack({ history, addEventListener }: GuardedWindow, onBack: () => void) {
  /** Counted from the entry that the page came up on. */
  const place = () => (history.state as Guard | null)?.kiosk ?? 0;
  const goOnTo = (kiosk: number) => history.pushState({ kiosk } satisfies Guard, '');
  let before = place();
  const arm = () => {
    for (let next = place() + 1; next <= ENTRIES; next += 1) goOnTo(next);
    before = place();
  };
  addEventListener('popstate', () => {
    const isBack = place() < before;
    // Firefox passes over all that nobody touched, and goes to this one again.
    if (place() === 0) goOnTo(1);
    before = place();
    if (isBack) onBack();
  });
  return { arm } satisfies BackGuard;
}
