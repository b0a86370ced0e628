const GUARD = { kiosk: 'stays' };

/** Keeps the browser's Back from leaving the page, and tells of it instead. The entries hold nothing of anybody. */
export interface BackGuard {
  /** To be called when somebody taps: browsers pass over entries that a page made without a person. */
  arm(): void;
}

type GuardedWindow = Pick<Window, 'history' | 'addEventListener'>;

export function guardBack({ history, addEventListener }: GuardedWindow, onBack: () => void) {
  const isArmed = () => JSON.stringify(history.state) === JSON.stringify(GUARD);
  const arm = () => {
    if (!isArmed()) history.pushState(GUARD, '');
  };
  addEventListener('popstate', () => {
    arm();
    onBack();
  });
  return { arm } satisfies BackGuard;
}
