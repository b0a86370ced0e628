import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { afterPress } from '../../ui/after-press.ts';
import { useAdmin } from '../admin.ts';
import { pageEffects } from '../live/page-effects.ts';
import { startPolling, type Polled } from './polling.ts';

interface UsePolled<Value> {
  polled: ReadonlySignal<Polled<Value>>;
  askNow: () => void;
}

/** Polls while the page is mounted; starts anew when `key` changes. */
export function usePolled<Value>(load: () => Promise<Value>, key: string): UsePolled<Value> {
  const polled = useSignal<Polled<Value>>({ latest: null, error: null });
  const askNow = useRef(() => {});
  const signedIn = useAdmin().session.value.state === 'signed-in';

  useEffect(() => {
    polled.value = { latest: null, error: null };
    let isCurrent = true;
    const polling = startPolling(
      load,
      (next) =>
        afterPress(() => {
          if (isCurrent) polled.value = next;
        }),
      pageEffects,
    );
    askNow.current = polling.askNow;
    return () => {
      isCurrent = false;
      polling.stop();
    };
  }, [key]);

  // What failed because the session had ended is asked for again after the sign-in.
  useEffect(() => {
    if (signedIn && polled.peek().error) askNow.current();
  }, [signedIn]);

  return { polled, askNow: () => askNow.current() };
}
