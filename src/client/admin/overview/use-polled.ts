import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { startPolling, type Polled } from './polling.ts';

const effects = {
  now: () => new Date(),
  isVisible: () => document.visibilityState === 'visible',
  onVisible(wake: () => void) {
    document.addEventListener('visibilitychange', wake);
    return () => document.removeEventListener('visibilitychange', wake);
  },
};

interface UsePolled<Value> {
  polled: ReadonlySignal<Polled<Value>>;
  askNow: () => void;
}

/** Polls while the page is mounted; starts anew when `key` changes. */
export function usePolled<Value>(load: () => Promise<Value>, key: string): UsePolled<Value> {
  const polled = useSignal<Polled<Value>>({ latest: null, error: null });
  const askNow = useRef(() => {});

  useEffect(() => {
    polled.value = { latest: null, error: null };
    const polling = startPolling(
      load,
      (next) => {
        polled.value = next;
      },
      effects,
    );
    askNow.current = polling.askNow;
    return polling.stop;
  }, [key]);

  return { polled, askNow: () => askNow.current() };
}
