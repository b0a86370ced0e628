import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { afterPress } from '../../ui/after-press.ts';
import { type ApiError, asApiError, errorToTell } from '../api-error.ts';

interface Printing {
  isBusy: ReadonlySignal<boolean>;
  error: ReadonlySignal<ApiError | null>;
  print: () => void;
}

/**
 * Prints the page after `prepare` has brought what is to be on paper and `announce` has told of it, and not where one of them fails.
 * Whoever prints by the browser's own menu or keys cannot be kept waiting: what is on show is printed, and told of at the same moment, if
 * the server can be reached.
 */
export function usePrinting(
  announce: () => Promise<void>,
  prepare: () => Promise<void> = async () => {},
): Printing {
  const isBusy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  const isAnnounced = useRef(false);
  const latest = useRef(announce);
  latest.current = announce;

  useEffect(() => {
    function tellOfOthers() {
      if (!isAnnounced.current) latest.current().catch(asApiError);
    }
    window.addEventListener('beforeprint', tellOfOthers);
    return () => window.removeEventListener('beforeprint', tellOfOthers);
  }, []);

  async function print() {
    isBusy.value = true;
    error.value = null;
    try {
      await prepare();
      // What it brought may wait for a press to end.
      await new Promise<void>(afterPress);
      await latest.current();
      isAnnounced.current = true;
      window.print();
    } catch (thrown) {
      error.value = errorToTell(thrown);
    } finally {
      isAnnounced.current = false;
      isBusy.value = false;
    }
  }

  return { isBusy, error, print: () => void print() };
}
