import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { afterPress } from '../../ui/after-press.ts';
import { useAdmin } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import type { Loaded } from '../loaded.ts';

/** What a page loads, and what loads it again. */
export interface Load<Value> {
  loaded: Signal<Loaded<Value>>;
  retry: () => void;
}

/**
 * Loads when the page appears and whenever `key` changes; an answer that comes too late is dropped, and one that comes while somebody
 * presses is shown behind that.
 */
export function useLoaded<Value>(load: () => Promise<Value>, key: string): Load<Value> {
  const loaded = useSignal<Loaded<Value>>({ state: 'loading' });
  const attempt = useSignal(0);
  const signedIn = useAdmin().session.value.state === 'signed-in';

  useEffect(() => {
    let isCurrent = true;
    loaded.value = { state: 'loading' };
    const show = (answer: Loaded<Value>) =>
      afterPress(() => {
        if (isCurrent) loaded.value = answer;
      });
    async function ask() {
      try {
        show({ state: 'ready', value: await load() });
      } catch (thrown) {
        show({ state: 'failed', error: asApiError(thrown) });
      }
    }
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [key, attempt.value]);

  // What failed because the session had ended is asked for again after the sign-in.
  useEffect(() => {
    if (signedIn && loaded.peek().state === 'failed') attempt.value += 1;
  }, [signedIn]);

  return {
    loaded,
    retry: () => {
      attempt.value += 1;
    },
  };
}
